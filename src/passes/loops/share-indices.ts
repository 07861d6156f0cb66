import { indexVariable, termsKey, type Index, type IndexTerm } from "../../ir/index-expression.ts";
import type { Buffer, Statement } from "../../ir/loops.ts";
import { forEachAccess, mapAccesses } from "../../ir/visit-statements.ts";
import { startVariables } from "../../ir/kernel-names.ts";

/**
 * In each list of statements, an index that several accesses share but for a constant is computed once, whatever they access:
 * `const w = unit * 64 + k * 4`, then `kernel[w + 1]`. What an index inside a loop multiplies is computed before the loop
 * where the loop doesn't change it.
 */
export function shareIndices(statements: readonly Statement[]): readonly Statement[] {
  return shareInList(statements, new Set(), new Set(Object.values(startVariables)));
}

interface Group {
  readonly terms: readonly IndexTerm[];
  readonly bases: Set<string>;
  count: number;
}

/** `outer`: names that enclosing lists have given. `outerScope`: variables that indices can be computed from. */
function shareInList(
  statements: readonly Statement[],
  outer: ReadonlySet<string>,
  outerScope: ReadonlySet<string>,
): readonly Statement[] {
  const taken = new Set(outer);
  const groups = new Map<string, Group>();
  const count = (buffer: Buffer, terms: readonly IndexTerm[], times: number): void => {
    const key = keyOf(terms);
    const group = groups.get(key) ?? { terms, bases: new Set(), count: 0 };
    groups.set(key, group);
    group.bases.add(baseName(buffer));
    group.count += times;
  };
  const straight = statements.filter((statement) => statement.kind !== "for");
  const loops = statements.filter((statement) => statement.kind === "for");
  // What depends on an index that is looked up in this list can't be computed at its start.
  const lookedUp = new Set(straight.flatMap((statement) => (statement.kind === "lookup" ? [statement.name] : [])));
  forEachAccess(straight, ({ terms }, buffer) => {
    if (!isCheap(terms) && !terms.some(({ variable }) => lookedUp.has(variable))) count(buffer, terms, 1);
  });
  const before = (index: Index): readonly IndexTerm[] =>
    index.terms.filter(({ variable }) => outerScope.has(variable) && !lookedUp.has(variable));
  forEachAccess(loops, (index, buffer) => {
    const terms = before(index);
    if (terms.some(isProduct)) count(buffer, terms, 2);
  });

  const names = new Map<string, string>();
  const shared: Statement[] = [];
  for (const [key, { terms, bases, count: uses }] of groups) {
    if (uses < 2) continue;
    const [base = common, ...others] = bases;
    const name = freshName(others.length === 0 ? base : common, taken);
    names.set(key, name);
    shared.push({ kind: "index", name, value: { constant: 0, terms } });
  }
  const renamed = (index: Index): Index => {
    const name = names.get(termsKey(index));
    return name === undefined ? index : { ...indexVariable(name), constant: index.constant };
  };
  const partlyRenamed = (index: Index): Index => {
    const terms = before(index);
    const name = terms.some(isProduct) ? names.get(keyOf(terms)) : undefined;
    if (name === undefined) return index;
    return { ...index, terms: [...indexVariable(name).terms, ...index.terms.filter((term) => !terms.includes(term))] };
  };
  const scope = new Set([...outerScope, ...names.values()]);
  const rewritten = statements.flatMap((statement): readonly Statement[] => {
    if (statement.kind !== "for") return mapAccesses([statement], renamed);
    const body = mapAccesses(statement.body, partlyRenamed);
    return [{ ...statement, body: shareInList(body, taken, new Set(scope).add(statement.variable)) }];
  });
  return [...shared, ...rewritten];
}

function keyOf(terms: readonly IndexTerm[]): string {
  return termsKey({ constant: 0, terms });
}

function isProduct({ stride }: IndexTerm): boolean {
  return stride.factor !== 1 || stride.dims.length > 0;
}

/** A constant, or one variable plus a constant: nothing to gain. */
function isCheap(terms: readonly IndexTerm[]): boolean {
  return terms.length === 0 || (terms.length === 1 && !terms.some(isProduct));
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
