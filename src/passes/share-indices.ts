import { indexVariable, termsKey, type Index } from "../ir/index-expression.ts";
import type { Buffer, Statement } from "../ir/loops.ts";
import { forEachValue, mapValues } from "../ir/rewrite.ts";

/**
 * In each list of statements, an index that several accesses of a buffer share but for a constant is computed once:
 * `const w = unit * 64 + k * 4`, then `kernel[w + 1]`.
 */
export function shareIndices(statements: readonly Statement[]): readonly Statement[] {
  const taken = new Set<string>();
  return shareInList(statements, taken);
}

function shareInList(statements: readonly Statement[], taken: Set<string>): readonly Statement[] {
  const groups = new Map<string, { readonly buffer: Buffer; readonly index: Index; count: number }>();
  const count = (buffer: Buffer, index: Index): void => {
    if (isCheap(index) || index.terms.some(({ variable }) => lookedUp.has(variable))) return;
    const key = groupKey(buffer, index);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { buffer, index, count: 1 });
    else group.count++;
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
    const name = freshName(baseName(group.buffer), taken);
    names.set(key, name);
    shared.push({ kind: "index", name, value: { ...group.index, constant: 0 } });
  }
  const renamed = (buffer: Buffer, index: Index): Index => {
    const name = names.get(groupKey(buffer, index));
    return name === undefined ? index : { ...indexVariable(name), constant: index.constant };
  };
  const rewritten = statements.map((statement): Statement => {
    if (statement.kind === "for") return { ...statement, body: shareInList(statement.body, taken) };
    const [mapped] = mapValues([statement], (value) =>
      value.kind === "load" ? { ...value, index: renamed(value.buffer, value.index) } : value,
    );
    return mapped?.kind === "store"
      ? { ...mapped, index: renamed(mapped.buffer, mapped.index) }
      : (mapped as Statement);
  });
  return [...shared, ...rewritten];
}

/** A constant, or one variable plus a constant: nothing to gain. */
function isCheap(index: Index): boolean {
  const [first] = index.terms;
  if (first === undefined) return true;
  return index.terms.length === 1 && first.stride.factor === 1 && first.stride.dims.length === 0;
}

function groupKey(buffer: Buffer, index: Index): string {
  const name = buffer.kind === "weights" ? buffer.weight.path.join("/") : buffer.name;
  return `${buffer.kind} ${name} ${termsKey(index)}`;
}

function baseName(buffer: Buffer): string {
  switch (buffer.kind) {
    case "weights":
      return "w";
    case "input":
      return "xAt";
    case "output":
      return "yAt";
    case "scratch":
      return "at";
  }
}

function freshName(base: string, taken: Set<string>): string {
  let name = base;
  for (let next = 1; taken.has(name); next++) name = `${base}${next}`;
  taken.add(name);
  return name;
}
