import { createArrayBudget } from "../../files/array-budget.ts";
import { fail } from "../../files/read-failure.ts";
import { computeConstant, type ConstantOperands } from "./compute-constant.ts";
import { describeNode } from "./describe-node.ts";
import type { GraphIndex } from "./graph-index.ts";
import type { StoredNode } from "./read-graph.ts";
import { hasFloats, isFloatType, tensorIntegers, tensorValues, type ConstantArray } from "./tensor.ts";

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
      stored !== undefined
        ? tensorValues(stored, budget)
        : node === undefined
          ? undefined
          : computeConstant(node, operands(node, depth));
    if (value !== undefined) made.set(tensor, value);
    return value;
  };
  const operands = (node: StoredNode, depth: number): ConstantOperands => ({
    budget,
    array: (at) => array(node.inputs[at] ?? "", depth + 1) ?? fail("damaged", `${describeNode(node)} lacks an input`),
    integers: (at) => integers(node.inputs[at] ?? ""),
    isWhole: (at) => isWhole(node.inputs[at] ?? "", depth + 1),
  });

  const isWhole = (tensor: string, depth: number): boolean => {
    const stored = index.graph.initializers.get(tensor);
    if (stored !== undefined) return !hasFloats(stored);
    const node = index.producer(tensor);
    if (node === undefined || depth > longestComputation) return false;
    switch (node.operator) {
      case "Cast":
        return !isFloatType(node.attributes.get("to")?.int ?? 0);
      case "Constant": {
        const value = node.attributes.get("value")?.tensor;
        return value === undefined
          ? [...node.attributes.keys()].some((name) => /_ints?$/.test(name))
          : !hasFloats(value);
      }
      case "DequantizeLinear":
      case "MatMulNBits":
        return false;
      default:
        return isWhole(node.inputs[0] ?? "", depth + 1);
    }
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

  return {
    array: (tensor) => array(tensor, 0),
    integers,
  };
}
