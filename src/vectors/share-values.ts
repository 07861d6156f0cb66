import type { VectorStatement, VectorValue } from "./vector-loops.ts";
import { local } from "./build.ts";
import { operands, withOperands } from "./visit-vectors.ts";

/**
 * A statement's value with what it computes twice computed once, in a local before it. Loads and constants cost nothing
 * twice and stay.
 */
export function shareValues(
  statement: Extract<VectorStatement, { readonly value: VectorValue }>,
  freshName: () => string,
): readonly VectorStatement[] {
  const keys = new Map<VectorValue, number>();
  const forms = new Map<string, number>();
  const counts = new Map<number, number>();
  // Equal for values that are computed alike: the number of their form, in which operands are numbers of theirs.
  const key = (value: VectorValue): number => {
    const known = keys.get(value);
    if (known !== undefined) return known;
    const inner = operands(value).map(key);
    const form = formOf({ ...withOperands(value, () => ({ kind: "const", value: 0 })), inner });
    const own = forms.get(form) ?? forms.size;
    forms.set(form, own);
    keys.set(value, own);
    return own;
  };
  const count = (value: VectorValue): void => {
    const own = key(value);
    const before = counts.get(own) ?? 0;
    counts.set(own, before + 1);
    if (before === 0) operands(value).forEach(count);
  };
  count(statement.value);

  const lets: VectorStatement[] = [];
  const names = new Map<number, string>();
  const rebuild = (value: VectorValue): VectorValue => {
    if (operands(value).length === 0) return value;
    const own = key(value);
    const name = names.get(own);
    if (name !== undefined) return local(name);
    const rebuilt = withOperands(value, rebuild);
    if ((counts.get(own) ?? 0) < 2) return rebuilt;
    const fresh = freshName();
    names.set(own, fresh);
    lets.push({ kind: "let", name: fresh, value: rebuilt });
    return local(fresh);
  };
  const value = rebuild(statement.value);
  return [...lets, { ...statement, value }];
}

/** JSON in which all numbers differ that are different, without the numbers of arrays, whose paths tell them apart. */
function formOf(value: object): string {
  return JSON.stringify(value, (name, item: unknown) => {
    if (name === "values") return undefined;
    return typeof item === "number" && (Object.is(item, -0) || !Number.isFinite(item))
      ? `${Object.is(item, -0) ? "-" : ""}${item}`
      : item;
  });
}
