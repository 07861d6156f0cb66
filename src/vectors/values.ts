import { mapArithmetic, type Binary } from "../ir/arithmetic.ts";
import type { Value } from "../ir/loops.ts";
import type { Scalar, ScalarFunction } from "../ir/scalar.ts";
import { add } from "./build.ts";
import type { VectorValue } from "./vector-loops.ts";

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
    case "float32":
      // All numbers are.
      return convert(value.operand);
    case "sum": {
      const [first, ...rest] = value.terms;
      if (first === undefined) return { kind: "const", value: 0 };
      return rest.reduce<VectorValue>((total, term) => plus(total, term, convert), convert(first));
    }
    case "call":
      return applyFunction(value.function, convert(value.argument));
    default:
      return value.kind === "binary" && value.operator === "add"
        ? sum(value.left, value.right, convert)
        : mapArithmetic(value, convert);
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

function isProduct(value: Value): value is Binary<Value> {
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
      default:
        return scalar.kind === "binary" && scalar.operator === "add"
          ? addition(scalar, convert)
          : mapArithmetic(scalar, convert);
    }
  };
  return convert(fn.body);
}

/** A product on either side becomes a multiply-add, the left one where both are. */
function addition({ left, right }: Binary<Scalar>, convert: (scalar: Scalar) => VectorValue): VectorValue {
  const [product, other] = isScalarProduct(left) ? [left, right] : [right, left];
  if (!isScalarProduct(product)) return add(convert(left), convert(right));
  return { kind: "multiply-add", a: convert(product.left), b: convert(product.right), c: convert(other) };
}

function isScalarProduct(scalar: Scalar): scalar is Binary<Scalar> {
  return scalar.kind === "binary" && scalar.operator === "mul";
}
