import type { Statement, Value } from "../../ir/loops.ts";
import type { Scalar } from "../../ir/scalar.ts";
import { withOperands } from "../../ir/visit-values.ts";

/** Scalar expressions as values, with a local for each part that is used more than once. */
export interface ScalarValues {
  readonly lets: readonly Statement[];
  readonly values: readonly Value[];
}

/** What several expressions share, or one has twice, is computed once. `prefix` names the locals: `t0`, `t1`. */
export function scalarStatements(bodies: readonly Scalar[], prefix: string): ScalarValues {
  const uses = new Map<Scalar, number>();
  const count = (node: Scalar): void => {
    const before = uses.get(node) ?? 0;
    uses.set(node, before + 1);
    if (before > 0) return;
    withOperands(node, (operand: Scalar) => {
      count(operand);
      return operand;
    });
  };
  bodies.forEach(count);
  const lets: Statement[] = [];
  const known = new Map<Scalar, Value>();
  const valueOf = (node: Scalar): Value => {
    if (node.kind === "const" || node.kind === "local") return node;
    const before = known.get(node);
    if (before !== undefined) return before;
    const rebuilt: Value = withOperands(node as Value, valueOf as (operand: Value) => Value);
    let value = rebuilt;
    if ((uses.get(node) as number) > 1) {
      const name = `${prefix}${lets.length}`;
      lets.push({ kind: "let", name, value: rebuilt });
      value = { kind: "local", name };
    }
    known.set(node, value);
    return value;
  };
  return { values: bodies.map(valueOf), lets };
}
