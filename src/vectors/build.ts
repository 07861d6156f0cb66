import type { WeightTensor } from "../ir/graph.ts";
import type { Index } from "../ir/index-expression.ts";
import type { IntegerOperator, VectorBuffer, VectorStatement, VectorValue, VectorWeights } from "./vector-loops.ts";

export function constant(value: number): VectorValue {
  return { kind: "const", value };
}

export function local(name: string): VectorValue {
  return { kind: "local", name };
}

/** A weight as Keras stores it. */
export function rowMajor(weight: WeightTensor): VectorWeights {
  return { kind: "weights", weight, layout: { kind: "row-major" } };
}

/** Four elements from `index` on. */
export function loadVector(buffer: VectorBuffer, index: Index): VectorValue {
  return { kind: "load", buffer, index, access: "vector" };
}

/** One element, four times. */
export function loadSplat(buffer: VectorBuffer, index: Index): VectorValue {
  return { kind: "load", buffer, index, access: "splat" };
}

export function add(left: VectorValue, right: VectorValue): VectorValue {
  return { kind: "binary", operator: "add", left, right };
}

export function subtract(left: VectorValue, right: VectorValue): VectorValue {
  return { kind: "binary", operator: "sub", left, right };
}

export function multiply(left: VectorValue, right: VectorValue): VectorValue {
  return { kind: "binary", operator: "mul", left, right };
}

export function integers(operator: IntegerOperator, ...operands: readonly VectorValue[]): VectorValue {
  return { kind: "integers", operator, operands };
}

/** `name += a * b` */
export function addProduct(name: string, a: VectorValue, b: VectorValue): VectorStatement {
  return { kind: "set", name, value: { kind: "multiply-add", a, b, c: local(name) } };
}

export function declare(name: string, value: VectorValue): VectorStatement {
  return { kind: "var", name, value };
}
