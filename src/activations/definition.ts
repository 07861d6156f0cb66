import type { GraphBuilder, Tensor } from "../ir/graph.ts";
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
  /** Whether 0 is refused, for a number that divides. */
  readonly nonZero?: boolean;
}

interface ActivationBase {
  /** Keras' name: `leaky_relu`. */
  readonly name: string;
  /** Other names Keras accepts: `swish` for `silu`. */
  readonly aliases?: readonly string[];
  /** In Keras' order. */
  readonly parameters: readonly ActivationParameter[];
}

/** Works on each element alone. */
export interface ElementwiseActivation extends ActivationBase {
  readonly kind: "elementwise";
  /** The formula for a comment, from the arguments: `max(x, 0)`. */
  formula(args: ActivationArguments): string;
  /** The value for the element `x` (see `ir/scalar.ts`). */
  body(args: ActivationArguments): Scalar;
  /** Stands for the body where it would be computed in float32 and lose digits. */
  float32Operator?(args: ActivationArguments): Float32Operator | undefined;
}

/** Works on whole tensors, e.g. along an axis. */
export interface TensorActivation extends ActivationBase {
  readonly kind: "tensor";
  /** The axis it works along is half as long behind it, and must be even. */
  readonly halvesAxis?: boolean;
  apply(graph: GraphBuilder, input: Tensor, args: ActivationArguments): Tensor;
}

export type ActivationDefinition = ElementwiseActivation | TensorActivation;

/** An activation chosen in a model file, e.g. `leaky_relu(negative_slope=0.1)`. */
export interface Activation {
  readonly kind: "activation";
  readonly definition: ActivationDefinition;
  readonly args: ActivationArguments;
}
