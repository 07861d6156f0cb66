import { findActivation } from "../../activations/index.ts";
import { isStatic, type Size } from "../../ir/size.ts";
import { formatShape, shapesEqual, type Shape } from "../../ir/shape.ts";
import { shorten } from "../shorten.ts";
import type { JsonValue } from "../weight-file.ts";

/**
 * One thing a model computes between two layers with weights, in a form in which equal functions are equal: `ReLU()`,
 * `Activation(relu)` and the `activation=relu` of a Dense are the same step, and what is an identity outside of training
 * (Dropout, `linear`, `Rescaling(1)`) is none.
 */
export interface ForwardStep {
  /** The layer it belongs to, for messages. */
  readonly owner: string;
  readonly operation: ForwardOperation;
}

export type ForwardOperation =
  | { readonly kind: "activation"; readonly name: string; readonly args: ReadonlyMap<string, unknown> }
  | { readonly kind: "rescaling"; readonly scale: unknown; readonly offset: unknown }
  /** Of a model: from one shape to another. */
  | { readonly kind: "reshape"; readonly from: Shape; readonly to: Shape }
  /** Of a file; `flatten` is a target of one axis, -1 an axis that is inferred. */
  | { readonly kind: "target"; readonly target: readonly JsonValue[] }
  /** Anything else weightless, compared by class alone: the language has no such layer. */
  | { readonly kind: "other"; readonly className: string };

/** Keras' layers that pass their input through outside of training. */
export const identities: ReadonlySet<string> = new Set([
  "InputLayer",
  "Identity",
  "Dropout",
  "SpatialDropout1D",
  "SpatialDropout2D",
  "SpatialDropout3D",
  "GaussianDropout",
  "GaussianNoise",
  "AlphaDropout",
  "ActivityRegularization",
]);

/** Keras' layers that are an activation, and where the defaults of the layer differ from those of the function. */
export const activationLayers: ReadonlyMap<
  string,
  { readonly name: string; readonly defaults: readonly (readonly [string, number])[] }
> = new Map([
  ["ReLU", { name: "relu", defaults: [] }],
  ["LeakyReLU", { name: "leaky_relu", defaults: [["negative_slope", 0.3]] }],
  ["ELU", { name: "elu", defaults: [] }],
  ["Softmax", { name: "softmax", defaults: [] }],
]);

/** Whether an operation passes its input through. */
export function isIdentity(operation: ForwardOperation): boolean {
  switch (operation.kind) {
    case "activation":
      return operation.name === "linear";
    case "rescaling":
      return operation.scale === 1 && operation.offset === 0;
    case "reshape":
      return shapesEqual(operation.from, operation.to);
    case "target":
    case "other":
      return false;
  }
}

/** Whether a step of the file leaves a tensor of that shape as it is. */
export function leavesShape(operation: ForwardOperation, shape: Shape): boolean {
  return operation.kind === "target" && targetFits(operation.target, shape);
}

/** Whether both compute the same; `ours` is of the model and `theirs` of the file. */
export function sameOperation(ours: ForwardOperation, theirs: ForwardOperation, inputRank: number): boolean {
  switch (ours.kind) {
    case "activation":
      return theirs.kind === "activation" && ours.name === theirs.name && sameArguments(ours, theirs, inputRank);
    case "rescaling":
      return (
        theirs.kind === "rescaling" && sameValue(ours.scale, theirs.scale) && sameValue(ours.offset, theirs.offset)
      );
    case "reshape":
      return theirs.kind === "target" && targetFits(theirs.target, ours.to);
    case "other":
      return theirs.kind === "other" && ours.className === theirs.className;
    case "target":
      return false;
  }
}

function targetFits(target: readonly JsonValue[], shape: Shape): boolean {
  const fits = (size: Size, wanted: JsonValue | undefined) =>
    wanted === -1 || (isStatic(size) && size.factor === wanted);
  return target.length === shape.length && shape.every((size, axis) => fits(size, target[axis]));
}

type ActivationOperation = Extract<ForwardOperation, { readonly kind: "activation" }>;

/** Over the function's parameters; a file leaves defaults out. `axis` is softmax's, which counts the batch axis. */
function sameArguments(ours: ActivationOperation, theirs: ActivationOperation, inputRank: number): boolean {
  const parameters = findActivation(ours.name)?.parameters ?? [];
  const defaults = new Map<string, unknown>(parameters.map(({ name, default: value }) => [name, value] as const));
  if (ours.name === "softmax" && !defaults.has("axis")) defaults.set("axis", -1);
  return [...defaults].every(([name, value]) => {
    const [a, b] = [ours.args.get(name) ?? value, theirs.args.get(name) ?? value];
    return name === "axis" ? sameValue(resolveAxis(a, inputRank), resolveAxis(b, inputRank)) : sameValue(a, b);
  });
}

function resolveAxis(axis: unknown, inputRank: number): unknown {
  const single: unknown = Array.isArray(axis) && axis.length === 1 ? axis[0] : axis;
  return typeof single === "number" && single < 0 ? single + inputRank + 1 : single;
}

/** Equal as float32, which is what the arithmetic uses. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") return Math.fround(a) === Math.fround(b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  return a === b;
}

/** `relu(max_value=6)`, `Rescaling(0.0625, offset=0)`, `Reshape([2, 3])` */
export function formatOperation(operation: ForwardOperation): string {
  switch (operation.kind) {
    case "activation": {
      const names = new Set([...(findActivation(operation.name)?.parameters ?? []).map(({ name }) => name), "axis"]);
      const args = [...operation.args]
        .filter(([name]) => names.has(name))
        .map(([name, value]) => `${name}=${format(value)}`);
      return args.length === 0 ? operation.name : `${operation.name}(${args.join(", ")})`;
    }
    case "rescaling":
      return `Rescaling(${format(operation.scale)}, offset=${format(operation.offset)})`;
    case "reshape":
      return `a reshape to ${formatShape(operation.to)}`;
    case "target":
      return `a reshape to [${operation.target.map(format).join(", ")}]`;
    case "other":
      return shorten(operation.className);
  }
}

/** Values come from files and may be long. */
export function format(value: unknown): string {
  const text = value === null ? "none" : (JSON.stringify(value) ?? "nothing");
  return shorten(text, 60);
}
