import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { describeValue, type Value } from "../layers/arguments/value.ts";
import type { BinaryOperator } from "../syntax/ast.ts";
import { arithmeticOperand, dimArithmetic, divisionByZero, numberNotFinite } from "./rules/expressions.ts";

interface Reporter {
  report(diagnostic: Diagnostic): void;
}

/** `left operator right`. Anything that is no number, and a result that is none, is reported and gives an unknown value. */
export function combine(operator: BinaryOperator, left: Value, right: Value, span: Span, reporter: Reporter): Value {
  const a = operand(operator, left, reporter);
  // Two that are no numbers are one mistake.
  if (a === undefined && left.kind === right.kind) return { kind: "unknown", span, literal: false };
  const b = operand(operator, right, reporter);
  if (a === undefined || b === undefined) return { kind: "unknown", span, literal: false };
  const text = `${a} ${operator} ${b}`;
  if (b === 0 && (operator === "/" || operator === "%")) {
    reporter.report(divisionByZero(span, { text }));
    return { kind: "unknown", span, literal: false };
  }
  const from = left.from ?? right.from;
  const result: Value = {
    kind: "number",
    value: compute(operator, a, b),
    span,
    literal: false,
    ...(from === undefined ? {} : { from }),
  };
  return finite(result, text, reporter);
}

/** `+value` or `-value`. */
export function negate(operator: "+" | "-", value: Value, span: Span, reporter: Reporter): Value {
  const number = operand(operator, value, reporter);
  if (number === undefined) return { kind: "unknown", span, literal: false };
  return { ...value, kind: "number", value: operator === "-" ? -number : number, span } as Value;
}

/** The value, or an unknown one after reporting that it is NaN or beyond the largest number. */
export function finite(value: Value, text: string, reporter: Reporter): Value {
  if (value.kind !== "number" || Number.isFinite(value.value)) return value;
  reporter.report(numberNotFinite(value.span, { text, found: value.value }));
  return { kind: "unknown", span: value.span, literal: false };
}

/** The number a value is, or undefined after reporting that it is none. */
export function operand(operator: string, value: Value, reporter: Reporter): number | undefined {
  switch (value.kind) {
    case "number":
      return value.value;
    case "unknown":
      return undefined;
    case "dim":
      reporter.report(dimArithmetic(value.span, { name: value.name }));
      return undefined;
    default:
      reporter.report(arithmeticOperand(value.span, { operator, found: describeValue(value) }));
      return undefined;
  }
}

function compute(operator: BinaryOperator, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "**":
      return a ** b;
    case "%": {
      // Python's: the result has the sign of the divisor.
      const remainder = a % b;
      return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
    }
  }
}
