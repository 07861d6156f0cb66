import type { Binary, Comparison } from "../ir/arithmetic.ts";
import type { Value } from "../ir/loops.ts";

export function number(value: number): Value {
  return { kind: "const", value };
}

export function local(name: string): Value {
  return { kind: "local", name };
}

export function select(left: Value, comparison: Comparison, right: Value, then: Value, otherwise: Value): Value {
  return { kind: "select", left, comparison, right, then, otherwise };
}

const binary =
  (operator: Binary<Value>["operator"]) =>
  (left: Value, right: Value): Value => ({ kind: "binary", operator, left, right });

export const plus = binary("add");
export const minus = binary("sub");
export const times = binary("mul");
export const over = binary("div");
export const larger = binary("max");
export const smaller = binary("min");
