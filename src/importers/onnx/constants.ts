import { elementTypes } from "../../exporters/onnx/fields.ts";
import { createArrayBudget } from "../../files/array-budget.ts";
import { maxRank } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import { describeNode } from "./describe-node.ts";
import type { GraphIndex } from "./graph-index.ts";
import type { StoredNode } from "./read-graph.ts";
import { broadcast, permute } from "./array-functions.ts";
import { tensorIntegers, tensorValues, type ConstantArray } from "./tensor.ts";

/** The constants of a graph. */
export interface Constants {
  /** The values of a tensor; undefined for one that is no constant. */
  array(tensor: string): ConstantArray | undefined;
  /** The values of a short list of integers; undefined for what is none. */
  integers(tensor: string): readonly number[] | undefined;
}

/** Steps between a constant and what it is computed from. */
const longestComputation = 100;

/** Computes constants when they are asked for, each once. All of them together are bounded as the arrays of a file are. */
export function createConstants(index: GraphIndex): Constants {
  const budget = createArrayBudget();
  const made = new Map<string, ConstantArray>();

  const array = (tensor: string, depth: number): ConstantArray | undefined => {
    if (tensor === "" || !index.isConstant(tensor)) return undefined;
    const known = made.get(tensor);
    if (known !== undefined) return known;
    if (depth > longestComputation) return fail("too-large", `the constant '${tensor}' takes too many steps`);
    const stored = index.graph.initializers.get(tensor);
    const node = index.producer(tensor);
    const value =
      stored !== undefined ? tensorValues(stored, budget) : node === undefined ? undefined : compute(node, depth);
    if (value !== undefined) made.set(tensor, value);
    return value;
  };
  const operand = (node: StoredNode, at: number, depth: number): ConstantArray =>
    array(node.inputs[at] ?? "", depth + 1) ?? fail("damaged", `${describeNode(node)} lacks an input`);

  const compute = (node: StoredNode, depth: number): ConstantArray => {
    const of = (at: number): ConstantArray => operand(node, at, depth);
    switch (node.operator) {
      case "Constant":
        return constantValue(node);
      case "Identity":
        return of(0);
      case "Cast":
        if (isFloat(node.attributes.get("to")?.int ?? 0)) return of(0);
        break;
      case "Transpose": {
        const { shape } = of(0);
        const given = node.attributes.get("perm")?.ints;
        return permute(of(0), given ?? shape.map((_, axis) => shape.length - 1 - axis), describeNode(node));
      }
      case "Reshape":
      case "Unsqueeze":
      case "Squeeze": {
        const shape = shapeAfter(node, node.operator, of(0).shape);
        return { shape, data: of(0).data };
      }
      case "Neg":
        return map(of(0), (value) => -value);
      case "Sqrt":
        return map(of(0), Math.sqrt);
      case "Reciprocal":
        return map(of(0), (value) => 1 / value);
      case "Add":
        return broadcast(of(0), of(1), (a, b) => a + b, budget, describeNode(node));
      case "Sub":
        return broadcast(of(0), of(1), (a, b) => a - b, budget, describeNode(node));
      case "Mul":
        return broadcast(of(0), of(1), (a, b) => a * b, budget, describeNode(node));
      case "Div":
        return broadcast(of(0), of(1), (a, b) => a / b, budget, describeNode(node));
      case "Max":
        return broadcast(of(0), of(1), Math.max, budget, describeNode(node));
    }
    return fail(
      "unsupported",
      `${describeNode(node)} computes a constant; simplify the model first, for example with onnxsim`,
    );
  };

  const map = (from: ConstantArray, change: (value: number) => number): ConstantArray => {
    budget.take(from.shape, "a constant");
    return { shape: from.shape, data: from.data.map(change) };
  };

  const constantValue = (node: StoredNode): ConstantArray => {
    for (const [name, attribute] of node.attributes) {
      if (name === "value" && attribute.tensor !== undefined) return tensorValues(attribute.tensor, budget);
      if (name === "value_float") return { shape: [], data: Float32Array.of(attribute.float) };
      if (name === "value_int") return { shape: [], data: Float32Array.of(attribute.int) };
      if (name === "value_floats") return list(attribute.floats);
      if (name === "value_ints") return list(attribute.ints);
    }
    return fail("unsupported", `${describeNode(node)} holds neither floats nor integers`);
  };

  const integers = (tensor: string): readonly number[] | undefined => {
    if (tensor === "" || !index.isConstant(tensor)) return undefined;
    const stored = index.graph.initializers.get(tensor);
    if (stored !== undefined) return tensorIntegers(stored);
    const node = index.producer(tensor);
    if (node?.operator !== "Constant") return undefined;
    const value = node.attributes.get("value")?.tensor;
    if (value !== undefined) return tensorIntegers(value);
    const int = node.attributes.get("value_int");
    return int === undefined ? node.attributes.get("value_ints")?.ints : [int.int];
  };

  const shapeAfter = (node: StoredNode, operator: ShapeOperator, shape: readonly number[]): readonly number[] => {
    const given = integers(node.inputs[1] ?? "") ?? node.attributes.get("axes")?.ints;
    const after = reshaped(operator, shape, given);
    const count = (axes: readonly number[]): number => axes.reduce((product, size) => product * size, 1);
    const fits = after !== undefined && after.length <= maxRank && count(after) === count(shape);
    if (after === undefined || !fits || after.some((size) => size < 0)) {
      return fail("unsupported", `${describeNode(node)} gives a constant a shape that does not fit it`);
    }
    return after;
  };

  return {
    array: (tensor) => array(tensor, 0),
    integers,
  };
}

type ShapeOperator = "Reshape" | "Unsqueeze" | "Squeeze";

function reshaped(
  operator: ShapeOperator,
  shape: readonly number[],
  given: readonly number[] | undefined,
): readonly number[] | undefined {
  switch (operator) {
    case "Reshape": {
      if (given === undefined) return undefined;
      const sizes = given.map((size, axis) => (size === 0 ? (shape[axis] ?? 0) : size));
      const known = sizes.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
      const total = shape.reduce((product, size) => product * size, 1);
      return sizes.map((size) => (size === -1 ? total / known : size));
    }
    case "Unsqueeze": {
      if (given === undefined) return undefined;
      const rank = shape.length + given.length;
      const added = new Set(given.map((axis) => (axis < 0 ? axis + rank : axis)));
      const rest = [...shape];
      return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (rest.shift() ?? 1)));
    }
    case "Squeeze": {
      const dropped = given?.map((axis) => (axis < 0 ? axis + shape.length : axis));
      return shape.filter((size, axis) => (dropped === undefined ? size !== 1 : !dropped.includes(axis)));
    }
  }
}

function isFloat(type: number): boolean {
  return type === elementTypes.float || type === elementTypes.double;
}

function list(values: readonly number[]): ConstantArray {
  return { shape: [values.length], data: Float32Array.from(values) };
}
