import { indexVariable, substituteIndex, type Index } from "./index-expression.ts";
import type { Buffer, Statement, Value } from "./loops.ts";
import type { Scalar } from "./scalar.ts";

/** Rebuilds a value, leaves first; `replace` sees every node after its operands were rebuilt. */
export function mapValue(value: Value, replace: (value: Value) => Value): Value {
  switch (value.kind) {
    case "const":
    case "local":
    case "load":
    case "size":
      return replace(value);
    case "unary":
      return replace({ ...value, operand: mapValue(value.operand, replace) });
    case "binary":
      return replace({ ...value, left: mapValue(value.left, replace), right: mapValue(value.right, replace) });
    case "select":
      return replace({
        ...value,
        left: mapValue(value.left, replace),
        right: mapValue(value.right, replace),
        then: mapValue(value.then, replace),
        otherwise: mapValue(value.otherwise, replace),
      });
    case "sum":
      return replace({ ...value, terms: value.terms.map((term) => mapValue(term, replace)) });
    case "call":
      return replace({ ...value, argument: mapValue(value.argument, replace) });
  }
}

/** Rebuilds the values of statements, also inside loops. */
export function mapValues(statements: readonly Statement[], replace: (value: Value) => Value): readonly Statement[] {
  return statements.map((statement) => {
    switch (statement.kind) {
      case "index":
        return statement;
      case "for":
        return { ...statement, body: mapValues(statement.body, replace) };
      default:
        return { ...statement, value: mapValue(statement.value, replace) };
    }
  });
}

/** Moves the positions at which statements read and write, and replaces the buffers, also inside loops. */
export function mapAccesses(
  statements: readonly Statement[],
  move: (buffer: Buffer, index: Index) => Index,
  replace: <Kind extends Buffer>(buffer: Kind) => Kind = (buffer) => buffer,
): readonly Statement[] {
  const visit = (list: readonly Statement[]): readonly Statement[] =>
    list.map((statement) => {
      if (statement.kind === "for") return { ...statement, body: visit(statement.body) };
      if (statement.kind !== "store") return statement;
      const { buffer, index } = statement;
      return { ...statement, buffer: replace(buffer), index: move(buffer, index) };
    });
  return mapValues(visit(statements), (value) =>
    value.kind === "load" ? { ...value, buffer: replace(value.buffer), index: move(value.buffer, value.index) } : value,
  );
}

/** Calls `visit` for every position that is read or written, with its buffer, and for every index that is computed. */
export function forEachIndex(
  statements: readonly Statement[],
  visit: (index: Index, buffer: Buffer | undefined) => void,
): void {
  const visitStatements = (list: readonly Statement[]): void => {
    for (const statement of list) {
      if (statement.kind === "for") visitStatements(statement.body);
      else if (statement.kind === "store") visit(statement.index, statement.buffer);
      else if (statement.kind === "index") visit(statement.value, undefined);
    }
  };
  visitStatements(statements);
  forEachValue(statements, (value) => {
    if (value.kind === "load") visit(value.index, value.buffer);
  });
}

/** Replaces a loop variable by an index throughout. */
export function substituteVariable(
  statements: readonly Statement[],
  variable: string,
  replacement: Index,
): readonly Statement[] {
  const inValue = (value: Value): Value =>
    value.kind === "load" ? { ...value, index: substituteIndex(value.index, variable, replacement) } : value;
  return statements.map((statement) => {
    switch (statement.kind) {
      case "index":
        return { ...statement, value: substituteIndex(statement.value, variable, replacement) };
      case "for":
        return { ...statement, body: substituteVariable(statement.body, variable, replacement) };
      case "store":
        return {
          ...statement,
          index: substituteIndex(statement.index, variable, replacement),
          value: mapValue(statement.value, inValue),
        };
      default:
        return { ...statement, value: mapValue(statement.value, inValue) };
    }
  });
}

/** A scalar expression with its locals replaced by values. */
export function instantiate(scalar: Scalar, locals: ReadonlyMap<string, Value>): Value {
  return mapValue(scalar, (value) => (value.kind === "local" ? (locals.get(value.name) ?? value) : value));
}

/** Gives every local that the statements declare a new name, so that copies can stand side by side. */
export function renameLocals(statements: readonly Statement[], rename: (name: string) => string): readonly Statement[] {
  const lookups = declaredNames(statements, (statement) => statement.kind === "lookup");
  return lookups.reduce(
    (list, name) => renameLookup(substituteVariable(list, name, indexVariable(rename(name))), name, rename(name)),
    renameScalars(statements, rename),
  );
}

function renameLookup(statements: readonly Statement[], name: string, newName: string): readonly Statement[] {
  return statements.map((statement) => {
    if (statement.kind === "for") return { ...statement, body: renameLookup(statement.body, name, newName) };
    return statement.kind === "lookup" && statement.name === name ? { ...statement, name: newName } : statement;
  });
}

function renameScalars(statements: readonly Statement[], rename: (name: string) => string): readonly Statement[] {
  const declared = new Set(
    declaredNames(statements, (statement) => statement.kind === "let" || statement.kind === "var"),
  );
  const newName = (name: string): string => (declared.has(name) ? rename(name) : name);
  const visit = (list: readonly Statement[]): readonly Statement[] =>
    list.map((statement) => {
      if (statement.kind === "for") return { ...statement, body: visit(statement.body) };
      if (statement.kind === "store" || statement.kind === "index" || statement.kind === "lookup") return statement;
      return { ...statement, name: newName(statement.name) };
    });
  return mapValues(visit(statements), (value) =>
    value.kind === "local" ? { ...value, name: newName(value.name) } : value,
  );
}

type Named = Exclude<Statement, { kind: "for" } | { kind: "store" }>;

function declaredNames(statements: readonly Statement[], which: (statement: Named) => boolean): readonly string[] {
  return statements.flatMap((statement) => {
    if (statement.kind === "for") return declaredNames(statement.body, which);
    return statement.kind !== "store" && which(statement) ? [statement.name] : [];
  });
}

/** Calls `visit` for every value of the statements, operands before what uses them. */
export function forEachValue(statements: readonly Statement[], visit: (value: Value) => void): void {
  mapValues(statements, (value) => {
    visit(value);
    return value;
  });
}
