/** An ONNX model as layerc makes it. */
export interface OnnxModel {
  readonly producerVersion: string;
  readonly graph: OnnxGraph;
  /** Free text by key, e.g. the labels of a classifier. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface OnnxGraph {
  readonly name: string;
  readonly documentation?: string;
  /** Each after those whose outputs it reads. */
  readonly nodes: readonly OnnxNode[];
  /** Trained arrays and constants. */
  readonly initializers: readonly OnnxTensor[];
  readonly input: OnnxValue;
  readonly output: OnnxValue;
}

/** One operator of the default domain. */
export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: OnnxAttributes;
}

export type OnnxAttributes = Readonly<Record<string, OnnxAttribute>>;

export type OnnxAttribute =
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "ints"; readonly value: readonly number[] }
  | { readonly kind: "string"; readonly value: string };

/** Row-major. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array | Int8Array;
}

/** A float32 input or output of the graph. */
export interface OnnxValue {
  readonly name: string;
  /** With the batch axis; a text is the name of a size known only at run time. */
  readonly shape: readonly (number | string)[];
}

export const int = (value: number): OnnxAttribute => ({ kind: "int", value });
export const float = (value: number): OnnxAttribute => ({ kind: "float", value });
export const ints = (value: readonly number[]): OnnxAttribute => ({ kind: "ints", value });
export const string = (value: string): OnnxAttribute => ({ kind: "string", value });
