import { findActivation } from "../../activations/index.ts";
import { isStatic, type Size } from "../../ir/size.ts";
import { formatShape, shapesEqual, type Shape } from "../../ir/shape.ts";
import { shorten } from "../../files/shorten.ts";
import type { JsonValue } from "../../files/json.ts";
import { actsForward, sameArgument } from "./same-argument.ts";

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
  /** What TimeDistributed applies to each step, where that depends on the axes. */
  | { readonly kind: "wrapped"; readonly inner: ForwardOperation }
  /** Anything else weightless: Permute, a pooling, or a layer that the language lacks. */
  | { readonly kind: "other"; readonly className: string; readonly args: ReadonlyMap<string, unknown> };

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

/** A layer of Keras that is an activation. */
interface ActivationLayer {
  /** The function's name. */
  readonly name: string;
  /** Where the defaults of the layer differ from those of the function. */
  readonly defaults?: readonly (readonly [string, number])[];
  /** What Keras 2 calls an argument, and the function's name for it. */
  readonly renamed?: readonly [string, string];
}

/** Also those of Keras 2, which old files have. */
export const activationLayers: ReadonlyMap<string, ActivationLayer> = new Map<string, ActivationLayer>([
  ["ReLU", { name: "relu" }],
  ["ThresholdedReLU", { name: "relu", defaults: [["threshold", 1]], renamed: ["theta", "threshold"] }],
  ["LeakyReLU", { name: "leaky_relu", defaults: [["negative_slope", 0.3]], renamed: ["alpha", "negative_slope"] }],
  ["ELU", { name: "elu" }],
  ["Softmax", { name: "softmax" }],
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
    case "wrapped":
      return isIdentity(operation.inner);
    case "target":
    case "other":
      return false;
  }
}

/** An operation as TimeDistributed applies it: what works on each element alone is the same with and without. */
export function wrap(operation: ForwardOperation): ForwardOperation {
  if (operation.kind === "rescaling") return operation;
  const elementwise = operation.kind === "activation" && findActivation(operation.name)?.kind === "elementwise";
  return elementwise ? operation : { kind: "wrapped", inner: operation };
}

/** Whether a step of the file leaves a tensor of that shape as it is. */
export function leavesShape(operation: ForwardOperation, shape: Shape): boolean {
  if (operation.kind === "wrapped") return leavesShape(operation.inner, shape.slice(1));
  return operation.kind === "target" && targetFits(operation.target, shape);
}

/** Whether both compute the same; `ours` is of the model and `theirs` of the file. */
export function sameOperation(ours: ForwardOperation, theirs: ForwardOperation, inputRank: number): boolean {
  switch (ours.kind) {
    case "activation":
      return theirs.kind === "activation" && sameActivation(canonical(ours), canonical(theirs), inputRank);
    case "rescaling":
      return (
        theirs.kind === "rescaling" &&
        sameArgument("scale", ours.scale, theirs.scale, inputRank) &&
        sameArgument("offset", ours.offset, theirs.offset, inputRank)
      );
    case "reshape":
      return theirs.kind === "target" && targetFits(theirs.target, ours.to);
    case "wrapped":
      return theirs.kind === "wrapped" && sameOperation(ours.inner, theirs.inner, inputRank - 1);
    case "other":
      return theirs.kind === "other" && ours.className === theirs.className && sameConfig(ours, theirs, inputRank);
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
type OtherOperation = Extract<ForwardOperation, { readonly kind: "other" }>;

/** The general function that a special one is a case of. */
function canonical(operation: ActivationOperation): ActivationOperation {
  const { kind, name, args } = operation;
  switch (name) {
    case "relu6":
      return { kind, name: "relu", args: new Map([["max_value", 6]]) };
    case "leaky_relu":
      return { kind, name: "relu", args: new Map([["negative_slope", args.get("negative_slope") ?? 0.2]]) };
    case "celu":
      return (args.get("alpha") ?? 1) === 1 ? { kind, name: "elu", args: new Map() } : operation;
    default:
      return operation;
  }
}

/** Over the function's parameters; a file leaves defaults out. `axis` is softmax's, which counts the batch axis. */
function sameActivation(ours: ActivationOperation, theirs: ActivationOperation, inputRank: number): boolean {
  if (ours.name !== theirs.name) return false;
  const parameters = findActivation(ours.name)?.parameters ?? [];
  const defaults = new Map<string, unknown>(parameters.map(({ name, default: value }) => [name, value] as const));
  if (ours.name === "softmax" && !defaults.has("axis")) defaults.set("axis", -1);
  return [...defaults].every(([name, value]) => {
    const [a, b] = [ours.args.get(name) ?? value, theirs.args.get(name) ?? value];
    return sameArgument(name, a, b, inputRank);
  });
}

/** Over the arguments of the model's layer; a file may leave some out. */
function sameConfig(ours: OtherOperation, theirs: OtherOperation, inputRank: number): boolean {
  return [...ours.args].every(
    ([name, value]) =>
      !actsForward(name) || !theirs.args.has(name) || sameArgument(name, value, theirs.args.get(name), inputRank),
  );
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
    case "wrapped":
      return `${formatOperation(operation.inner)} at each step`;
    case "other": {
      const args = [...operation.args]
        .filter(([name, value]) => actsForward(name) && (Array.isArray(value) || typeof value === "number"))
        .map(([name, value]) => `${name}=${format(value)}`);
      return `${shorten(operation.className)}${args.length === 0 ? "" : `(${shorten(args.join(", "))})`}`;
    }
  }
}

/** Values come from files and may be long. */
export function format(value: unknown): string {
  const text = value === null ? "none" : (JSON.stringify(value) ?? "nothing");
  return shorten(text, 60);
}
