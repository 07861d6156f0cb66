import type { Binary, BinaryScalarOperator, Comparison, Select, Unary, UnaryOperator } from "./arithmetic.ts";

/**
 * Numbers that training computes once a step, on the host and in float64 whatever the target: learning rates, corrections
 * of moving averages. What stands in one twice is the same object twice.
 */
export type StepNumber =
  | { readonly kind: "const"; readonly value: number }
  | { readonly kind: "local"; readonly name: string }
  | Unary<StepNumber, UnaryOperator | "cos" | "floor">
  | Binary<StepNumber>
  | Power
  | Select<StepNumber>;

/** `base ** exponent` */
interface Power {
  readonly kind: "power";
  readonly base: StepNumber;
  readonly exponent: StepNumber;
}

/** A number, or what stands for one. */
type Operand = StepNumber | number;

/** A named number: `step`. */
export const stepLocal = (name: string): StepNumber => ({ kind: "local", name });

/** A plain number stands for a constant. */
export const stepNumber = (operand: Operand): StepNumber =>
  typeof operand === "number" ? { kind: "const", value: operand } : operand;

const binary =
  (operator: BinaryScalarOperator) =>
  (left: Operand, right: Operand): StepNumber => ({
    kind: "binary",
    operator,
    left: stepNumber(left),
    right: stepNumber(right),
  });
export const plus = binary("add");
export const minus = binary("sub");
export const times = binary("mul");
export const over = binary("div");
export const least = binary("min");

const unary =
  (operator: UnaryOperator | "cos" | "floor") =>
  (operand: Operand): StepNumber => ({ kind: "unary", operator, operand: stepNumber(operand) });
export const negated = unary("neg");
export const rootOf = unary("sqrt");
export const logOf = unary("log");
export const cosineOf = unary("cos");
export const floorOf = unary("floor");

export const power = (base: Operand, exponent: Operand): StepNumber => ({
  kind: "power",
  base: stepNumber(base),
  exponent: stepNumber(exponent),
});

/** `left <comparison> right ? then : otherwise` */
export const choose = (
  left: Operand,
  comparison: Comparison,
  right: Operand,
  then: Operand,
  otherwise: Operand,
): StepNumber => ({
  kind: "select",
  comparison,
  left: stepNumber(left),
  right: stepNumber(right),
  then: stepNumber(then),
  otherwise: stepNumber(otherwise),
});
