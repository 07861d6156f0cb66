import type { StepNumber } from "../../../ir/step-number.ts";

/** The locals that numbers of a step are computed from. */
export function stepLocals(values: readonly StepNumber[]): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<StepNumber>();
  const visit = (node: StepNumber): void => {
    if (seen.has(node)) return;
    seen.add(node);
    switch (node.kind) {
      case "const":
        return;
      case "local":
        found.add(node.name);
        return;
      case "unary":
        visit(node.operand);
        return;
      case "binary":
        [node.left, node.right].forEach(visit);
        return;
      case "power":
        [node.base, node.exponent].forEach(visit);
        return;
      case "select":
        [node.left, node.right, node.then, node.otherwise].forEach(visit);
    }
  };
  values.forEach(visit);
  return found;
}
