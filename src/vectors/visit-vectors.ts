import { arithmeticOperands, mapArithmetic } from "../ir/arithmetic.ts";
import type { VectorStatement, VectorValue } from "./vector-loops.ts";

/** The operands of a value, in the order in which they are evaluated. */
export function operands(value: VectorValue): readonly VectorValue[] {
  switch (value.kind) {
    case "const":
    case "local":
    case "load":
    case "size":
      return none;
    case "half":
    case "across":
    case "lane":
    case "first":
      return [value.operand];
    case "integers":
      return value.operands;
    case "multiply-add":
      return [value.a, value.b, value.c];
    default:
      return arithmeticOperands<VectorValue>(value);
  }
}

const none: readonly never[] = [];

/** A value with its operands replaced. */
export function withOperands(value: VectorValue, replace: (operand: VectorValue) => VectorValue): VectorValue {
  switch (value.kind) {
    case "const":
    case "local":
    case "load":
    case "size":
      return value;
    case "half":
    case "across":
    case "lane":
    case "first":
      return { ...value, operand: replace(value.operand) };
    case "integers":
      return { ...value, operands: value.operands.map(replace) };
    case "multiply-add":
      return { ...value, a: replace(value.a), b: replace(value.b), c: replace(value.c) };
    default:
      return mapArithmetic(value, replace);
  }
}

/** Calls `visit` for every statement, one with others in it before these. */
export function forEachStatement(
  statements: readonly VectorStatement[],
  visit: (statement: VectorStatement) => void,
): void {
  for (const statement of statements) {
    visit(statement);
    if (statement.kind === "for") forEachStatement(statement.body, visit);
    if (statement.kind === "if-at-least") {
      forEachStatement(statement.then, visit);
      forEachStatement(statement.otherwise, visit);
    }
  }
}

/** The value that a statement itself computes, if it computes one. */
export function valueOf(statement: VectorStatement): VectorValue | undefined {
  switch (statement.kind) {
    case "let":
    case "var":
    case "set":
    case "lookup":
    case "store":
      return statement.value;
    default:
      return undefined;
  }
}

/** Calls `visit` for a value and all it is computed from, operands before what uses them. */
export function forEachNode(value: VectorValue, visit: (value: VectorValue) => void): void {
  for (const operand of operands(value)) forEachNode(operand, visit);
  visit(value);
}

/** Calls `visit` for every value of statements, operands before what uses them, also inside loops. */
export function forEachValue(statements: readonly VectorStatement[], visit: (value: VectorValue) => void): void {
  forEachStatement(statements, (statement) => {
    const value = valueOf(statement);
    if (value !== undefined) forEachNode(value, visit);
  });
}
