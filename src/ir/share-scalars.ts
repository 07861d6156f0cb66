import type { Scalar } from "./scalar.ts";
import { operands, withOperands } from "./visit-values.ts";

/** Scalar expressions that read what they share from locals. */
export interface SharedScalars {
  /** Each computed once, in this order. */
  readonly locals: readonly { readonly name: string; readonly value: Scalar }[];
  readonly values: readonly Scalar[];
}

/** What several expressions share, or one has twice (the same object), becomes a local. `prefix` names them: `t0`, `t1`. */
export function shareScalars(bodies: readonly Scalar[], prefix: string): SharedScalars {
  const uses = new Map<Scalar, number>();
  const count = (node: Scalar): void => {
    const before = uses.get(node) ?? 0;
    uses.set(node, before + 1);
    if (before === 0) operands(node).forEach(count);
  };
  bodies.forEach(count);

  const locals: { name: string; value: Scalar }[] = [];
  const known = new Map<Scalar, Scalar>();
  const rebuild = (node: Scalar): Scalar => {
    if (node.kind === "const" || node.kind === "local" || (uses.get(node) ?? 0) < 2) return withOperands(node, rebuild);
    const before = known.get(node);
    if (before !== undefined) return before;
    const value = withOperands(node, rebuild);
    const name = `${prefix}${locals.length}`;
    locals.push({ name, value });
    const local: Scalar = { kind: "local", name };
    known.set(node, local);
    return local;
  };
  return { values: bodies.map(rebuild), locals };
}
