import type { Statement, Value } from "../../../ir/loops.ts";
import { mapStatements } from "../../../ir/visit-statements.ts";

/**
 * Maxima of loops by comparisons in place of `Math.max`. A step is a long function that calls many short ones, and stays in
 * V8's middle compiler (Maglev, Node 22 and later) for good where a batch takes long: that inlines the loops into the step, but
 * calls `Math.max` with numbers that it puts on the heap for it, two for each element. NaN stays NaN, from whichever side.
 */
export function comparedMaxima(body: readonly Statement[]): readonly Statement[] {
  return mapStatements(body, (statement) => {
    if (statement.kind !== "set" || statement.value.kind !== "binary" || statement.value.operator !== "max") {
      return statement;
    }
    const { left, right } = statement.value;
    const isOwn = left.kind === "local" && left.name === statement.name && right.kind === "local";
    return isOwn ? { ...statement, value: maximum(left, right) } : statement;
  });
}

function maximum(most: Value, next: Value): Value {
  const sum: Value = { kind: "binary", operator: "add", left: next, right: most };
  const otherwise: Value = { kind: "select", left: next, comparison: "le", right: most, then: most, otherwise: sum };
  return { kind: "select", left: next, comparison: "gt", right: most, then: next, otherwise };
}
