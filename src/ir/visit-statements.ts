import type { Index } from "./index-expression.ts";
import type { Buffer, Loop, Statement, Value } from "./loops.ts";
import { forEachNode, mapValue } from "./visit-values.ts";

/** A statement that is no loop. */
export type SimpleStatement = Exclude<Statement, Loop>;

/** Calls `visit` for every statement, a loop before those inside it. */
export function forEachStatement(statements: readonly Statement[], visit: (statement: Statement) => void): void {
  for (const statement of statements) {
    visit(statement);
    if (statement.kind === "for") forEachStatement(statement.body, visit);
  }
}

/** Replaces every statement that is no loop, also inside loops. */
export function mapStatements(
  statements: readonly Statement[],
  replace: (statement: SimpleStatement) => Statement,
): readonly Statement[] {
  return statements.map((statement) =>
    statement.kind === "for" ? { ...statement, body: mapStatements(statement.body, replace) } : replace(statement),
  );
}

/** Calls `visit` for every value of the statements, operands before what uses them, also inside loops. */
export function forEachValue(statements: readonly Statement[], visit: (value: Value) => void): void {
  forEachStatement(statements, (statement) => {
    if (statement.kind !== "for" && statement.kind !== "index") forEachNode(statement.value, visit);
  });
}

/** Rebuilds the values of statements, also inside loops. */
export function mapValues(statements: readonly Statement[], replace: (value: Value) => Value): readonly Statement[] {
  return mapStatements(statements, (statement) =>
    statement.kind === "index" ? statement : { ...statement, value: mapValue(statement.value, replace) },
  );
}

/** Calls `visit` for every position that is read, then for every one that is written, also inside loops. */
export function forEachAccess(statements: readonly Statement[], visit: (index: Index, buffer: Buffer) => void): void {
  forEachValue(statements, (value) => {
    if (value.kind === "load") visit(value.index, value.buffer);
  });
  forEachStatement(statements, (statement) => {
    if (statement.kind === "store") visit(statement.index, statement.buffer);
  });
}

/** Calls `visit` for every position that is read or written, with its buffer, and for every index that is computed. */
export function forEachIndex(
  statements: readonly Statement[],
  visit: (index: Index, buffer: Buffer | undefined) => void,
): void {
  forEachAccess(statements, visit);
  forEachStatement(statements, (statement) => {
    if (statement.kind === "index") visit(statement.value, undefined);
  });
}

/** Moves the positions at which statements read and write, and replaces the buffers, also inside loops. */
export function mapAccesses(
  statements: readonly Statement[],
  move: (index: Index, buffer: Buffer) => Index,
  replace?: <Kind extends Buffer>(buffer: Kind) => Kind,
): readonly Statement[] {
  return mapStatements(statements, accessMapper(move, replace));
}

function accessMapper(
  move: (index: Index, buffer: Buffer) => Index,
  replace: <Kind extends Buffer>(buffer: Kind) => Kind = (buffer) => buffer,
): (statement: SimpleStatement) => Statement {
  const inValue = (value: Value): Value =>
    value.kind === "load" ? { ...value, buffer: replace(value.buffer), index: move(value.index, value.buffer) } : value;
  return (statement) => {
    if (statement.kind === "index") return statement;
    const value = mapValue(statement.value, inValue);
    if (statement.kind !== "store") return { ...statement, value };
    const { buffer, index } = statement;
    return { ...statement, buffer: replace(buffer), index: move(index, buffer), value };
  };
}

/** Replaces every index: of what is read and written, and what is computed, also inside loops. */
export function mapIndices(statements: readonly Statement[], replace: (index: Index) => Index): readonly Statement[] {
  const inAccesses = accessMapper(replace);
  return mapStatements(statements, (statement) =>
    statement.kind === "index" ? { ...statement, value: replace(statement.value) } : inAccesses(statement),
  );
}

/** The names that statements declare, in order, also inside loops. */
export function declaredNames(
  statements: readonly Statement[],
  which: (statement: SimpleStatement) => boolean,
): readonly string[] {
  const names: string[] = [];
  forEachStatement(statements, (statement) => {
    if (statement.kind !== "for" && statement.kind !== "store" && which(statement)) names.push(statement.name);
  });
  return names;
}
