import type { Scalar } from "./scalar.ts";
import { operands } from "./visit-values.ts";

/**
 * Whether a function is short enough to be written in place. The others are called, and V8 inlines a call only while it
 * stands in few places; where it doesn't, each result is a heap number.
 */
export function isShort(body: Scalar): boolean {
  return size(body) <= 6 && uses(body) <= 2;
}

function size(body: Scalar): number {
  const own = body.kind === "select" ? 2 : 1;
  return operands(body).reduce((sum, operand) => sum + size(operand), own);
}

/** How often the argument occurs. */
export function uses(body: Scalar): number {
  if (body.kind === "local") return 1;
  return operands(body).reduce((sum, operand) => sum + uses(operand), 0);
}
