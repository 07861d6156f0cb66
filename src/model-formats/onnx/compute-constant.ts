import type { ArrayBudget } from "../../files/array-budget.ts";
import { fail } from "../../files/read-failure.ts";
import { product } from "../../ir/product.ts";
import { broadcast, join, permute } from "./array-functions.ts";
import { dequantize } from "./dequantize.ts";
import { dequantizeBlocks } from "./dequantize-blocks.ts";
import { describeNode } from "./describe-node.ts";
import type { StoredNode } from "./read-graph.ts";
import { shapeAfter, type ShapeOperator } from "./reshape-constant.ts";
import { isFloatType, isIndexType, tensorValues, type ConstantArray } from "./tensor.ts";

/** What computing a constant has to go by. */
export interface ConstantOperands {
  readonly budget: ArrayBudget;
  /** The values of an input of the node; fails where there is none. */
  array(at: number): ConstantArray;
  /** The integers of an input of the node; undefined where there are none. */
  integers(at: number): readonly number[] | undefined;
  /** Whether an input of the node has integers as elements. */
  isWhole(at: number): boolean;
}

type Compute = (node: StoredNode, operands: ConstantOperands) => ConstantArray;

/** The constant that a node makes of constants. Fails for an operator that makes none here. */
export function computeConstant(node: StoredNode, operands: ConstantOperands): ConstantArray {
  const compute = operators.get(node.operator);
  return compute === undefined ? cannotCompute(node) : compute(node, operands);
}

const operators: ReadonlyMap<string, Compute> = new Map<string, Compute>([
  ["Constant", storedConstant],
  ["Identity", (_node, { array }) => array(0)],
  ["Cast", cast],
  ["Transpose", transpose],
  ["Reshape", reshape("Reshape")],
  ["Unsqueeze", reshape("Unsqueeze")],
  ["Squeeze", reshape("Squeeze")],
  ["Concat", concat],
  [
    "DequantizeLinear",
    (node, { array, budget }) => {
      const zero = (node.inputs[2] ?? "") === "" ? undefined : array(2);
      return dequantize(node, array(0), array(1), zero, budget);
    },
  ],
  [
    "MatMulNBits",
    (node, { array, isWhole, budget }) => {
      const zero = (node.inputs[2] ?? "") === "" ? undefined : { ...array(2), isPacked: isWhole(2) };
      return dequantizeBlocks(node, array(0), array(1), zero, budget);
    },
  ],
  ["Expand", (node, { array, integers, budget }) => expand(node, array(0), integers(1), budget)],
  ["Abs", unary(Math.abs)],
  ["Exp", unary(Math.exp)],
  ["Log", unary(Math.log)],
  ["Neg", unary((value) => -value)],
  ["Sqrt", unary(Math.sqrt)],
  ["Reciprocal", unary((value) => 1 / value)],
  ["Add", binary((a, b) => a + b)],
  ["Sub", binary((a, b) => a - b)],
  ["Mul", binary((a, b) => a * b)],
  ["Div", divide],
  ["Pow", binary(Math.pow)],
  ["Max", binary(Math.max)],
  ["Min", binary(Math.min)],
]);

function cannotCompute(node: StoredNode): never {
  const advice = "simplify the model first, for example with onnxsim";
  return fail("unsupported", `${describeNode(node)} computes a constant; ${advice}`);
}

function storedConstant(node: StoredNode, { budget }: ConstantOperands): ConstantArray {
  for (const [name, attribute] of node.attributes) {
    if (name === "value" && attribute.tensor !== undefined) return tensorValues(attribute.tensor, budget);
    if (name === "value_float") return { shape: [], data: Float32Array.of(attribute.float) };
    if (name === "value_int") return { shape: [], data: Float32Array.of(attribute.int) };
    if (name === "value_floats") return list(attribute.floats);
    if (name === "value_ints") return list(attribute.ints);
  }
  return fail("unsupported", `${describeNode(node)} holds neither floats nor integers`);
}

function list(values: readonly number[]): ConstantArray {
  return { shape: [values.length], data: Float32Array.from(values) };
}

function cast(node: StoredNode, { array, isWhole }: ConstantOperands): ConstantArray {
  const type = node.attributes.get("to")?.int ?? 0;
  return isFloatType(type) || (isIndexType(type) && isWhole(0)) ? array(0) : cannotCompute(node);
}

/** Integers are divided as such. */
function divide(node: StoredNode, operands: ConstantOperands): ConstantArray {
  const { array, budget, isWhole } = operands;
  const quotient = isWhole(0) ? (a: number, b: number) => Math.trunc(a / b) : (a: number, b: number) => a / b;
  return broadcast(array(0), array(1), quotient, budget, describeNode(node));
}

function concat(node: StoredNode, { array, budget }: ConstantOperands): ConstantArray {
  const parts = node.inputs.map((_, at) => array(at));
  return join(parts, node.attributes.get("axis")?.int ?? 0, budget, describeNode(node));
}

function expand(
  node: StoredNode,
  array: ConstantArray,
  sizes: readonly number[] | undefined,
  budget: ArrayBudget,
): ConstantArray {
  if (sizes === undefined) return cannotCompute(node);
  budget.take(sizes, describeNode(node));
  // Sizes of 1 leave an axis as it is.
  const ones = { shape: sizes, data: new Float32Array(product(sizes)).fill(1) };
  return broadcast(array, ones, (value) => value, budget, describeNode(node));
}

function transpose(node: StoredNode, { array }: ConstantOperands): ConstantArray {
  const values = array(0);
  const reversed = values.shape.map((_, axis) => values.shape.length - 1 - axis);
  return permute(values, node.attributes.get("perm")?.ints ?? reversed, describeNode(node));
}

function reshape(operator: ShapeOperator): Compute {
  return (node, { array, integers }) => {
    const { shape, data } = array(0);
    return { shape: shapeAfter(node, operator, shape, integers(1) ?? node.attributes.get("axes")?.ints), data };
  };
}

function unary(change: (value: number) => number): Compute {
  return (_node, { array, budget }) => {
    const { shape, data } = array(0);
    budget.take(shape, "a constant");
    return { shape, data: data.map(change) };
  };
}

function binary(combine: (a: number, b: number) => number): Compute {
  return (node, { array, budget }) => broadcast(array(0), array(1), combine, budget, describeNode(node));
}
