import type { Index } from "./index-expression.ts";
import type { Size } from "./size.ts";

/** What is known of an integer: it lies between two numbers and is a multiple of a third; of 0 if it is 0. */
export interface IntegerRange {
  readonly low: number;
  readonly high: number;
  readonly multiple: number;
}

/** The range of a known number. */
export function constantRange(value: number): IntegerRange {
  return { low: value, high: value, multiple: Math.abs(value) };
}

/** The range of an index, from those of its variables and the values of its strides. */
export function rangeOfIndex(
  { constant, terms }: Index,
  rangeOf: (variable: string) => IntegerRange,
  evaluate: (size: Size) => number,
): IntegerRange {
  let { low, high, multiple } = constantRange(constant);
  for (const { variable, stride } of terms) {
    const range = rangeOf(variable);
    const factor = evaluate(stride);
    low += Math.min(range.low * factor, range.high * factor);
    high += Math.max(range.low * factor, range.high * factor);
    multiple = divisor(multiple, range.multiple * factor);
  }
  return { low, high, multiple };
}

/** The greatest common divisor; 0 with any number is that number. */
export function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(Math.abs(b), Math.abs(a) % Math.abs(b));
}
