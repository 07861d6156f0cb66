import { indexVariable, substituteIndex, type Index } from "./index-expression.ts";
import type { Statement, Value } from "./loops.ts";
import type { Scalar } from "./scalar.ts";
import { declaredNames, mapIndices, mapStatements } from "./visit-statements.ts";
import { mapValue } from "./visit-values.ts";

/** Replaces a loop variable by an index throughout. */
export function substituteVariable(
  statements: readonly Statement[],
  variable: string,
  replacement: Index,
): readonly Statement[] {
  return mapIndices(statements, (index) => substituteIndex(index, variable, replacement));
}

/** A scalar expression with its locals replaced by values. */
export function instantiate(scalar: Scalar, locals: ReadonlyMap<string, Value>): Value {
  return mapValue(scalar, (value) => (value.kind === "local" ? (locals.get(value.name) ?? value) : value));
}

/** Gives every local that the statements declare a new name, so that copies can stand side by side. */
export function renameLocals(statements: readonly Statement[], rename: (name: string) => string): readonly Statement[] {
  const lookups = declaredNames(statements, ({ kind }) => kind === "lookup");
  return lookups.reduce(
    (list, name) => renameLookup(substituteVariable(list, name, indexVariable(rename(name))), name, rename(name)),
    renameScalars(statements, rename),
  );
}

function renameLookup(statements: readonly Statement[], name: string, newName: string): readonly Statement[] {
  return mapStatements(statements, (statement) =>
    statement.kind === "lookup" && statement.name === name ? { ...statement, name: newName } : statement,
  );
}

function renameScalars(statements: readonly Statement[], rename: (name: string) => string): readonly Statement[] {
  const declared = new Set(declaredNames(statements, ({ kind }) => kind === "let" || kind === "var"));
  const newName = (name: string): string => (declared.has(name) ? rename(name) : name);
  const inValue = (value: Value): Value => (value.kind === "local" ? { ...value, name: newName(value.name) } : value);
  return mapStatements(statements, (statement) => {
    if (statement.kind === "index") return statement;
    const value = mapValue(statement.value, inValue);
    if (statement.kind === "store" || statement.kind === "lookup") return { ...statement, value };
    return { ...statement, name: newName(statement.name), value };
  });
}
