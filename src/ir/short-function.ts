import type { Scalar } from "./scalar.ts";

/**
 * Whether a function is short enough to be written in place. The others are called, and V8 inlines a call only while it
 * stands in few places; where it doesn't, each result is a heap number.
 */
export function isShort(body: Scalar): boolean {
  return size(body) <= 6 && uses(body) <= 2;
}

function size(body: Scalar): number {
  switch (body.kind) {
    case "const":
    case "local":
      return 1;
    case "unary":
      return 1 + size(body.operand);
    case "binary":
      return 1 + size(body.left) + size(body.right);
    case "select":
      return 2 + size(body.left) + size(body.right) + size(body.then) + size(body.otherwise);
  }
}

/** How often the argument occurs. */
export function uses(body: Scalar): number {
  switch (body.kind) {
    case "const":
      return 0;
    case "local":
      return 1;
    case "unary":
      return uses(body.operand);
    case "binary":
      return uses(body.left) + uses(body.right);
    case "select":
      return uses(body.left) + uses(body.right) + uses(body.then) + uses(body.otherwise);
  }
}
