import type { Expression, Statement } from "../python/ast.ts";
import { partsOf } from "../python/nodes.ts";

/** The names that a target of an assignment gives values to. */
export function targetNames(target: Expression): readonly string[] {
  switch (target.kind) {
    case "name":
      return [target.name];
    case "list":
    case "tuple":
      return target.items.flatMap(targetNames);
    case "opaque":
      return target.parts.flatMap(targetNames);
    default:
      return [];
  }
}

/** How often each name of a script is given a value outside of its functions and classes. */
export function countBindings(statements: readonly Statement[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (name: string, count = 1): void => void counts.set(name, (counts.get(name) ?? 0) + count);
  const visitExpression = (node: Expression): void => {
    if (node.kind === "opaque") for (const name of node.binds ?? []) add(name);
    for (const part of partsOf(node)) visitExpression(part);
  };
  const visit = (statement: Statement, isOften: boolean): void => {
    const count = isOften ? 2 : 1;
    switch (statement.kind) {
      case "assign":
        for (const target of statement.targets) for (const name of targetNames(target)) add(name, count);
        visitExpression(statement.value);
        return;
      case "augmented":
        for (const name of targetNames(statement.target)) add(name, 2);
        return;
      case "expression":
        visitExpression(statement.value);
        return;
      case "import":
        for (const { name } of statement.names) add(name);
        return;
      case "other":
        // A function may change what it calls global; `del` takes a value away.
        for (const part of statement.parts) for (const name of targetNames(part)) add(name, 2);
        return;
      case "unread":
        for (const name of statement.names) add(name, 2);
        return;
      case "block": {
        if (statement.name !== undefined) add(statement.name);
        for (const target of statement.targets) for (const name of targetNames(target)) add(name, 2);
        const isFunction = statement.word === "def";
        for (const inner of statement.body) {
          if (!isFunction && statement.word !== "class") visit(inner, statement.word !== "with");
          else if (inner.kind === "other") visit(inner, true);
        }
        return;
      }
      case "return":
    }
  };
  for (const statement of statements) visit(statement, false);
  return counts;
}
