import type { Scalar } from "../ir/scalar.ts";
import { operands, withOperands } from "../ir/visit-values.ts";

/** Replaces nodes of a scalar expression, those that hold others first; what is shared stays shared. */
export function replaceNodes(body: Scalar, replace: (node: Scalar) => Scalar | undefined): Scalar {
  const known = new Map<Scalar, Scalar>();
  const of = (node: Scalar): Scalar => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const replaced = replace(node) ?? rebuilt(node, of);
    known.set(node, replaced);
    return replaced;
  };
  return of(body);
}

/** Replaces locals by other expressions. */
export function replaceLocals(body: Scalar, locals: ReadonlyMap<string, Scalar>): Scalar {
  return replaceNodes(body, (node) => (node.kind === "local" ? locals.get(node.name) : undefined));
}

/** The same node where nothing in it changes, so that it stays shared with other expressions. */
function rebuilt(node: Scalar, of: (operand: Scalar) => Scalar): Scalar {
  let changed = false;
  const next = withOperands(node, (operand: Scalar) => {
    const replaced = of(operand);
    changed ||= replaced !== operand;
    return replaced;
  });
  return changed ? next : node;
}

/** The locals that an expression reads. */
export function localsOf(bodies: readonly Scalar[]): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<Scalar>();
  const visit = (node: Scalar): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === "local") names.add(node.name);
    operands(node).forEach(visit);
  };
  for (const body of bodies) visit(body);
  return names;
}
