import type { Tensor } from "../ir/graph.ts";
import type { GraphBuilder } from "../ir/graph-builder.ts";
import type { Float32Operator, Scalar } from "../ir/scalar.ts";

/** Arguments of an activation after checking, by name: `{ negative_slope: 0.2 }`. Every parameter is present. */
export type ActivationArguments = Readonly<Record<string, number | boolean | null>>;

/** A parameter of an activation function, as Keras names it. */
export interface ActivationParameter {
  readonly name: string;
  readonly type: "number" | "integer" | "boolean";
  /** Whether `none` is a value (relu's `max_value`). */
  readonly optional?: boolean;
  /** Absent where the argument must be given. */
  readonly default?: number | boolean | null;
  /** Inclusive. */
  readonly minimum?: number;
  /** Whether it counts an axis, with the batch axis; negative ones from the end. */
  readonly axis?: boolean;
  /** Whether 0 is refused, for a number that divides. */
  readonly nonZero?: boolean;
  /** What it means, a sentence or two of Markdown for those who write it. */
  readonly doc: string;
}

/** The arguments that parameters give, each of its type: `{ max_value: number | null }`. */
export type ArgumentsOf<Parameters extends readonly ActivationParameter[]> = {
  readonly [Parameter in Parameters[number] as Parameter["name"]]:
    | (Parameter["type"] extends "boolean" ? boolean : number)
    | (Parameter extends { readonly optional: true } ? null : never);
};

interface ActivationBase<Arguments> {
  /** Keras' name: `leaky_relu`. */
  readonly name: string;
  /** Other names Keras accepts: `swish` for `silu`. */
  readonly aliases?: readonly string[];
  /** What it does, a sentence or two of Markdown for those who write it. */
  readonly doc: string;
  /** In Keras' order. */
  readonly parameters: readonly ActivationParameter[];
  /** The function of another activation that this one is with these arguments, such as relu for relu6; if there is one. */
  readonly sameAs?: (args: Arguments) => Activation | undefined;
}

/** Works on each element alone. */
export interface ElementwiseActivation<Arguments = ActivationArguments> extends ActivationBase<Arguments> {
  readonly kind: "elementwise";
  /** The formula for a comment, from the arguments: `max(x, 0)`. */
  readonly formula: (args: Arguments) => string;
  /** The value for the element `x` (see `ir/scalar.ts`). */
  readonly body: (args: Arguments) => Scalar;
  /** Whether it has a derivative also where parts of its body meet that have none there (see `ir/scalar.ts`). */
  readonly smooth?: true;
  /** Stands for the body where it would be computed in float32 and lose digits. */
  readonly float32Operator?: (args: Arguments) => Float32Operator | undefined;
}

/** Works on whole tensors, e.g. along an axis. */
export interface TensorActivation<Arguments = ActivationArguments> extends ActivationBase<Arguments> {
  readonly kind: "tensor";
  /** What a reader is shown of the value: `exp(x) / sum(exp(x))`. */
  readonly formula: (args: Arguments) => string;
  /** The axis it works along is half as long behind it, and must be even. */
  readonly halvesAxis?: boolean;
  readonly apply: (graph: GraphBuilder, input: Tensor, args: Arguments) => Tensor;
}

/** What an activation is: one of these per file, made by `defineActivation` and listed in `index.ts`. */
export type ActivationDefinition = ElementwiseActivation | TensorActivation;

/** An activation chosen in a model file, e.g. `leaky_relu(negative_slope=0.1)`. */
export interface Activation {
  readonly kind: "activation";
  readonly definition: ActivationDefinition;
  readonly args: ActivationArguments;
}

/**
 * An activation whose functions get their arguments with the types of its parameters: after
 * `{ name: "alpha", type: "number" }`, `alpha` is a number.
 */
export function defineActivation<const Parameters extends readonly ActivationParameter[]>(
  definition: ElementwiseActivation<ArgumentsOf<Parameters>> & { readonly parameters: Parameters },
): ElementwiseActivation;
export function defineActivation<const Parameters extends readonly ActivationParameter[]>(
  definition: TensorActivation<ArgumentsOf<Parameters>> & { readonly parameters: Parameters },
): TensorActivation;
export function defineActivation(definition: object): ActivationDefinition {
  // Arguments are checked by the parameters before an activation is made of them.
  return definition as ActivationDefinition;
}
