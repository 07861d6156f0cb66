import { tensor, type TestModel, type TestNode } from "../make-onnx.ts";

/** A small model as a producer writes it. What onnxruntime computes with it is in `values.json`, under its name. */
export interface OperatorModel {
  readonly name: string;
  /** With the input `x`. */
  readonly model: TestModel;
  /** Of the samples that it is given, with the batch axis if it has one; [4, 3] by default. */
  readonly samples?: readonly number[];
  /** How its input is typed where it is no float32. */
  readonly type?: "uint8" | "int32" | "int64" | "bool" | "float16" | "float64";
  /** Inputs that are a column of the samples each, instead of `x`. */
  readonly columns?: readonly string[];
  /** The output that counts, where there are several. */
  readonly output?: string;
  /** What the model is in Layers, without the clause of its weights. */
  readonly body: string;
}

/** A node of ONNX' own domain with one output. */
export function op(
  name: string,
  from: readonly string[],
  out: string,
  attributes: TestNode["attributes"] = {},
): TestNode {
  return { op: name, in: from, out: [out], attributes };
}

/** Numbers that differ, between -1 and 1. */
export function someNumbers(count: number, seed = 1): readonly number[] {
  return Array.from({ length: count }, (_, at) => Math.fround(Math.sin(seed * 12.9898 + at * 78.233)));
}

/** An array of numbers that differ. */
export function someFloats(name: string, shape: readonly number[], seed = name.length): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensor(name, shape, { floats: someNumbers(count, seed) });
}

/** A list of integers. */
export function integers(name: string, values: readonly number[]): Uint8Array {
  return tensor(name, [values.length], { int64: values });
}

/** A number without axes. */
export function number(name: string, value: number): Uint8Array {
  return tensor(name, [], { floats: [value] });
}
