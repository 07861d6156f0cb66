import type { VectorStatement, VectorValue } from "./vector-loops.ts";
import type { Index } from "../ir/index-expression.ts";
import type { Value } from "../ir/loops.ts";
import type { Scalar, ScalarFunction } from "../ir/scalar.ts";
import { add } from "./build.ts";

/** How elements of buffers are read where a value is converted. */
export type ConvertLoad = (load: Extract<Value, { kind: "load" }>) => VectorValue;

/** A scalar value as a value of four lanes. Products that are added become multiply-adds. */
export function convertValue(value: Value, load: ConvertLoad): VectorValue {
  const convert = (inner: Value): VectorValue => convertValue(inner, load);
  switch (value.kind) {
    case "const":
      return { kind: "const", value: value.value };
    case "local":
    case "size":
      return value;
    case "load":
      return load(value);
    case "unary":
      return { ...value, operand: convert(value.operand) };
    case "binary":
      return value.operator === "add"
        ? sum(value.left, value.right, convert)
        : { ...value, left: convert(value.left), right: convert(value.right) };
    case "sum": {
      const [first, ...rest] = value.terms;
      if (first === undefined) return { kind: "const", value: 0 };
      return rest.reduce<VectorValue>((total, term) => plus(total, term, convert), convert(first));
    }
    case "select":
      return {
        ...value,
        left: convert(value.left),
        right: convert(value.right),
        then: convert(value.then),
        otherwise: convert(value.otherwise),
      };
    case "call":
      return applyFunction(value.function, convert(value.argument));
  }
}

function sum(left: Value, right: Value, convert: (value: Value) => VectorValue): VectorValue {
  return isProduct(left) && !isProduct(right)
    ? plus(convert(right), left, convert)
    : plus(convert(left), right, convert);
}

function plus(total: VectorValue, term: Value, convert: (value: Value) => VectorValue): VectorValue {
  if (!isProduct(term)) return add(total, convert(term));
  return { kind: "multiply-add", a: convert(term.left), b: convert(term.right), c: total };
}

function isProduct(value: Value): value is Extract<Value, { kind: "binary" }> {
  return value.kind === "binary" && value.operator === "mul";
}

/** An elementwise function of a value, written out in place. */
export function applyFunction(fn: ScalarFunction, argument: VectorValue): VectorValue {
  if (fn.float32Operator !== undefined) return { kind: "unary", operator: fn.float32Operator, operand: argument };
  const convert = (scalar: Scalar): VectorValue => {
    switch (scalar.kind) {
      case "const":
        return scalar;
      case "local":
        return argument;
      case "unary":
        return { ...scalar, operand: convert(scalar.operand) };
      case "binary":
        return binary(scalar, convert);
      case "select":
        return {
          ...scalar,
          left: convert(scalar.left),
          right: convert(scalar.right),
          then: convert(scalar.then),
          otherwise: convert(scalar.otherwise),
        };
    }
  };
  return convert(fn.body);
}

type BinaryScalar = Extract<Scalar, { kind: "binary" }>;

function binary(scalar: BinaryScalar, convert: (scalar: Scalar) => VectorValue): VectorValue {
  const { operator, left, right } = scalar;
  if (operator === "add") {
    const [product, other] = isScalarProduct(left) ? [left, right] : [right, left];
    if (isScalarProduct(product)) {
      return { kind: "multiply-add", a: convert(product.left), b: convert(product.right), c: convert(other) };
    }
  }
  return { kind: "binary", operator, left: convert(left), right: convert(right) };
}

function isScalarProduct(scalar: Scalar): scalar is BinaryScalar {
  return scalar.kind === "binary" && scalar.operator === "mul";
}

/** The operands of a value. */
export function operands(value: VectorValue): readonly VectorValue[] {
  switch (value.kind) {
    case "const":
    case "local":
    case "load":
    case "size":
      return [];
    case "half":
    case "unary":
    case "across":
    case "lane":
    case "first":
      return [value.operand];
    case "binary":
      return [value.left, value.right];
    case "multiply-add":
      return [value.a, value.b, value.c];
    case "select":
      return [value.left, value.right, value.then, value.otherwise];
  }
}

/** A value with its operands replaced. */
export function withOperands(value: VectorValue, replace: (operand: VectorValue) => VectorValue): VectorValue {
  switch (value.kind) {
    case "const":
    case "local":
    case "load":
    case "size":
      return value;
    case "half":
    case "unary":
    case "across":
    case "lane":
    case "first":
      return { ...value, operand: replace(value.operand) };
    case "binary":
      return { ...value, left: replace(value.left), right: replace(value.right) };
    case "multiply-add":
      return { ...value, a: replace(value.a), b: replace(value.b), c: replace(value.c) };
    case "select":
      return {
        ...value,
        left: replace(value.left),
        right: replace(value.right),
        then: replace(value.then),
        otherwise: replace(value.otherwise),
      };
  }
}

/** Calls `visit` for every index and value of statements, also inside loops. */
export function forEachAccess(
  statements: readonly VectorStatement[],
  visit: (value: VectorValue | { readonly kind: "position"; readonly index: Index }) => void,
): void {
  const inValue = (value: VectorValue): void => {
    operands(value).forEach(inValue);
    visit(value);
  };
  for (const statement of statements) {
    switch (statement.kind) {
      case "for":
        forEachAccess(statement.body, visit);
        break;
      case "if-at-least":
        forEachAccess(statement.then, visit);
        forEachAccess(statement.otherwise, visit);
        break;
      case "whole":
        break;
      case "index":
      case "at-most":
        visit({ kind: "position", index: statement.value });
        break;
      case "store":
        visit({ kind: "position", index: statement.index });
        inValue(statement.value);
        break;
      default:
        inValue(statement.value);
    }
  }
}
