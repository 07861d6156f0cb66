import type { Scalar } from "../../ir/scalar.ts";
import { operands, withOperands } from "../../ir/visit-values.ts";
import { printValue, type Scope } from "./print-value.ts";

/**
 * The body of an elementwise function: a subexpression that is used more than once (the same object in the tree) becomes
 * a local.
 */
export function printScalarFunction(body: Scalar, scope: Scope): string {
  const uses = new Map<Scalar, number>();
  const count = (node: Scalar): void => {
    const seen = uses.get(node) ?? 0;
    uses.set(node, seen + 1);
    if (seen === 0) operands(node).forEach(count);
  };
  count(body);

  const names = new Map<Scalar, string>();
  const lines: string[] = [];
  const rebuild = (node: Scalar): Scalar => {
    const known = names.get(node);
    if (known !== undefined) return { kind: "local", name: known };
    const rebuilt = withOperands(node, rebuild);
    if ((uses.get(node) ?? 0) < 2 || node.kind === "const" || node.kind === "local") return rebuilt;
    const name = `t${names.size}`;
    names.set(node, name);
    lines.push(`const ${name} = ${printValue(rebuilt, scope)};`);
    return { kind: "local", name };
  };
  const result = printValue(rebuild(body), scope);
  return [...lines, `return ${result};`].join("\n");
}
