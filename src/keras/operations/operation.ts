import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../../files/json.ts";

/** A layer that stands for an operation, or for a part of one: class and arguments. */
export interface PartOfOperation {
  readonly className: string;
  readonly config: JsonObject;
}

/** What an operation is in layers, or which of its arguments can't be had. */
export type OperationMeaning =
  | { readonly kind: "layers"; readonly parts: readonly PartOfOperation[] }
  | {
      readonly kind: "problem";
      readonly argument: string;
      readonly found: JsonValue;
      readonly problem: string;
    };

/** A call of one of `keras.ops` in a functional model. */
export interface OperationCall {
  /** Keras' class of it: `TrueDivide`. */
  readonly className: string;
  readonly config: JsonObject;
  /** What it is called with. */
  readonly args: readonly OperationArgument[];
  /** The shape of the tensor that it reads, the batch axis first; null is known only at run time. */
  readonly shape: readonly (number | null)[];
}

/** The tensor that an operation reads, or a constant. */
export type OperationArgument = { readonly kind: "tensor" } | { readonly kind: "constant"; readonly value: JsonValue };

/** What an operation of a class means; undefined where no layers do. */
export type OperationReader = (call: OperationCall) => OperationMeaning | undefined;

export function layers(...parts: readonly (readonly [className: string, config: JsonObject])[]): OperationMeaning {
  return { kind: "layers", parts: parts.map(([className, config]) => ({ className, config })) };
}

export function problem(argument: string, found: JsonValue, text: string): OperationMeaning {
  return { kind: "problem", argument, found, problem: text };
}

/** Why an operation that takes the samples of a batch together is none of a model that takes them one by one. */
export const acrossBatch = "it goes across the batch, whose samples are independent here";

/** What is wrong with an axis of a softmax and the like: none is all axes, that of the batch among them. */
export function wrongAxis(axis: JsonValue, rank: number | undefined): OperationMeaning | undefined {
  const axes = Array.isArray(axis) ? (axis as readonly JsonValue[]) : [axis];
  if (axis === null) {
    const own = Array.from({ length: Math.max(0, (rank ?? 0) - 1) }, (_, at) => at + 1);
    const remedy = own.length < 2 ? "give the axes of a sample" : `over each sample it is axis=(${own.join(", ")})`;
    const what = "it is over everything, the batch included, whose samples are independent here";
    return problem("axis", axis, `${what}; ${remedy}`);
  }
  return axes.some((one) => one === 0 || (rank !== undefined && one === -rank))
    ? problem("axis", axis, acrossBatch)
    : undefined;
}

/** The call that a node of a functional model makes; undefined where it is not one call with one tensor. */
export function readCall(node: JsonObject): OperationCall | undefined {
  const className = ownString(node, "class_name") ?? "";
  const config = ownValue(node, "config");
  const nodes = ownValue(node, "inbound_nodes");
  const [only, ...others] = Array.isArray(nodes) ? (nodes as readonly JsonValue[]) : [];
  if (only === undefined || !isObject(only) || others.length > 0) return undefined;
  const given = ownValue(only, "args");
  const named = ownValue(only, "kwargs");
  if (!Array.isArray(given) || (isObject(named) && Object.keys(named).length > 0)) return undefined;
  const args = (given as readonly JsonValue[]).map(readArgument);
  const tensors = (given as readonly JsonValue[]).map(shapeOfTensor).filter((shape) => shape !== undefined);
  const [shape] = tensors;
  if (shape === undefined || tensors.length > 1) return undefined;
  return { className, config: isObject(config) ? config : {}, args, shape };
}

function readArgument(json: JsonValue): OperationArgument {
  if (shapeOfTensor(json) !== undefined) return { kind: "tensor" };
  if (!isObject(json) || !/^__(?:tensor|numpy)__$/.test(ownString(json, "class_name") ?? "")) {
    return { kind: "constant", value: json };
  }
  const config = ownValue(json, "config");
  return { kind: "constant", value: (isObject(config) ? ownValue(config, "value") : undefined) ?? null };
}

function shapeOfTensor(json: JsonValue): readonly (number | null)[] | undefined {
  if (!isObject(json) || ownString(json, "class_name") !== "__keras_tensor__") return undefined;
  const config = ownValue(json, "config");
  const shape = isObject(config) ? ownValue(config, "shape") : undefined;
  if (!Array.isArray(shape)) return undefined;
  return shape.every((size) => size === null || typeof size === "number")
    ? (shape as readonly (number | null)[])
    : undefined;
}
