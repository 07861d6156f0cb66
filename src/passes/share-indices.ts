import { indexVariable, termsKey, type Index } from "../ir/index-expression.ts";
import type { Buffer, Statement } from "../ir/loops.ts";
import { forEachValue, mapValues } from "../ir/rewrite.ts";

/**
 * In each list of statements, an index that several accesses share but for a constant is computed once, whatever they access:
 * `const w = unit * 64 + k * 4`, then `kernel[w + 1]`.
 */
export function shareIndices(statements: readonly Statement[]): readonly Statement[] {
  return shareInList(statements, new Set());
}

/** `outer`: names that enclosing lists have given. */
function shareInList(statements: readonly Statement[], outer: ReadonlySet<string>): readonly Statement[] {
  const taken = new Set(outer);
  const groups = new Map<string, { readonly index: Index; readonly bases: Set<string>; count: number }>();
  const count = (buffer: Buffer, index: Index): void => {
    if (isCheap(index) || index.terms.some(({ variable }) => lookedUp.has(variable))) return;
    const key = termsKey(index);
    const group = groups.get(key) ?? { index, bases: new Set(), count: 0 };
    groups.set(key, group);
    group.bases.add(baseName(buffer));
    group.count++;
  };
  const straight = statements.filter((statement) => statement.kind !== "for");
  // What depends on an index that is looked up in this list can't be computed at its start.
  const lookedUp = new Set(straight.flatMap((statement) => (statement.kind === "lookup" ? [statement.name] : [])));
  forEachValue(straight, (value) => value.kind === "load" && count(value.buffer, value.index));
  for (const statement of straight) if (statement.kind === "store") count(statement.buffer, statement.index);

  const names = new Map<string, string>();
  const shared: Statement[] = [];
  for (const [key, group] of groups) {
    if (group.count < 2) continue;
    const [base = common, ...others] = group.bases;
    const name = freshName(others.length === 0 ? base : common, taken);
    names.set(key, name);
    shared.push({ kind: "index", name, value: { ...group.index, constant: 0 } });
  }
  const renamed = (index: Index): Index => {
    const name = names.get(termsKey(index));
    return name === undefined ? index : { ...indexVariable(name), constant: index.constant };
  };
  const rewritten = statements.map((statement): Statement => {
    if (statement.kind === "for") return { ...statement, body: shareInList(statement.body, taken) };
    const [mapped] = mapValues([statement], (value) =>
      value.kind === "load" ? { ...value, index: renamed(value.index) } : value,
    );
    return mapped?.kind === "store" ? { ...mapped, index: renamed(mapped.index) } : (mapped as Statement);
  });
  return [...shared, ...rewritten];
}

/** A constant, or one variable plus a constant: nothing to gain. */
function isCheap(index: Index): boolean {
  const [first] = index.terms;
  if (first === undefined) return true;
  return index.terms.length === 1 && first.stride.factor === 1 && first.stride.dims.length === 0;
}

/** The name of an index into scratch memory, or into arrays of several kinds. */
const common = "at";

function baseName(buffer: Buffer): string {
  switch (buffer.kind) {
    case "weights":
      return "w";
    case "input":
      return "xAt";
    case "output":
      return "yAt";
    case "scratch":
      return common;
  }
}

function freshName(base: string, taken: Set<string>): string {
  let name = base;
  for (let next = 1; taken.has(name); next++) name = `${base}${next}`;
  taken.add(name);
  return name;
}
