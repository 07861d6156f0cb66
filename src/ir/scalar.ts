import type { Binary, BinaryScalarOperator, Comparison, Select, Unary, UnaryOperator } from "./arithmetic.ts";

/**
 * Scalar expressions: what an elementwise function computes from one number. Written once per activation, they are
 * printed by every target. Arithmetic is IEEE float64 unless a target says otherwise (see `ir/README.md`).
 */
export type Scalar =
  | { readonly kind: "const"; readonly value: number }
  /** The argument of the function, or a scalar local of a loop nest. */
  | { readonly kind: "local"; readonly name: string }
  | Unary<Scalar>
  | Binary<Scalar>
  | Select<Scalar>;

/** An elementwise function that targets which compute in float32 have as one operator. */
export type Float32Operator = "gelu";

/** The argument of an elementwise function. */
export const x: Scalar = { kind: "local", name: "x" };

/** A named value beside the argument: a statistic, or an element of a weight. */
export const local = (name: string): Scalar => ({ kind: "local", name });

export const constant = (value: number): Scalar => ({ kind: "const", value });

const unary =
  (operator: UnaryOperator) =>
  (operand: Scalar): Scalar => ({ kind: "unary", operator, operand });
export const neg = unary("neg");
export const abs = unary("abs");
export const exp = unary("exp");
export const expm1 = unary("expm1");
export const log = unary("log");
export const log1p = unary("log1p");
export const tanh = unary("tanh");
export const sqrt = unary("sqrt");

const binary =
  (operator: BinaryScalarOperator) =>
  (left: Scalar, right: Scalar): Scalar => ({ kind: "binary", operator, left, right });
export const add = binary("add");
export const sub = binary("sub");
export const mul = binary("mul");
export const div = binary("div");
export const min = binary("min");
export const max = binary("max");

/** `left <comparison> right ? then : otherwise` */
export const select = (
  left: Scalar,
  comparison: Comparison,
  right: Scalar,
  then: Scalar,
  otherwise: Scalar,
): Scalar => ({ kind: "select", comparison, left, right, then, otherwise });

/** A named elementwise function; a target emits it once, as a function of `x`. */
export interface ScalarFunction {
  /** Unique per body: `relu`, `leaky_relu_0_2`. A JavaScript identifier. */
  readonly name: string;
  /** The formula, for a comment: `max(x, 0)`. */
  readonly formula: string;
  readonly body: Scalar;
  /** The same function for targets that compute in float32, where `body` would lose digits. */
  readonly float32Operator?: Float32Operator;
  /** It has a derivative everywhere, although parts of its body have none where `max`, `min` or `abs` have a kink. */
  readonly smooth?: true;
}
