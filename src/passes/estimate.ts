import type { Graph, Operation, WeightTensor } from "../ir/graph.ts";
import type { Plan } from "../ir/loops.ts";
import type { Scalar, ScalarFunction } from "../ir/scalar.ts";
import { elementCount } from "../ir/shape.ts";
import type { Size } from "../ir/size.ts";
import { operands } from "../ir/visit-values.ts";
import { multiplyAdds, type ComputeOperation } from "../ops/index.ts";
import { costs } from "./costs.ts";
import type { Plans } from "./plan.ts";

/** Nanoseconds that one sample is expected to take on each target; only their ratio means anything. */
export interface Estimate {
  readonly typescript: number;
  readonly wasm: number;
}

/** Adds up what the operations of a graph cost. `plans` are those of the TypeScript target. */
export function estimate(graph: Graph, plans: Plans): Estimate {
  const operations = graph.operations.filter((operation) => operation.kind !== "reshape");
  const work = operations.map(workOf);
  const sum = (cost: (work: Work, plan: Plan | undefined) => number): number =>
    work.reduce((total, one, at) => total + cost(one, plans.get(operations[at] as Operation)), 0);
  const copied = count(elementCount(graph.input.shape)) + count(elementCount(graph.output.shape));
  const bytes = work.reduce((total, { weightBytes }) => total + weightBytes, 0);
  const { typescript, wasm } = costs;
  const perWeight = bytes > costs.cachedBytes ? wasm.streamed : wasm.multiplyAdd;
  return {
    typescript:
      typescript.call +
      sum(
        ({ products, elements, functions }, plan) =>
          products * multiplyAddCost(plan) + elements * typescript.element + functions * typescript.mathFunction,
      ),
    wasm:
      wasm.call +
      copied * wasm.copied +
      sum(
        ({ products, elements, functions, reductions, isDense }) =>
          wasm.layer +
          reductions * wasm.reduction +
          products * (isDense ? perWeight : wasm.contraction) +
          elements * wasm.element +
          functions * wasm.mathFunction,
      ),
  };
}

function multiplyAddCost(plan: Plan | undefined): number {
  const { straightLine, tiled, loops } = costs.typescript;
  switch (plan?.strategy) {
    case "straight-line":
      return straightLine;
    case "tiled loops":
      return tiled;
    default:
      return loops;
  }
}

/** What an operation does for one sample. */
interface Work {
  readonly products: number;
  /** Elements that are more than the start of a sum. */
  readonly elements: number;
  /** `Math` functions of elements. */
  readonly functions: number;
  readonly reductions: number;
  readonly isDense: boolean;
  /** Bytes of the kernel, as WebAssembly stores it. */
  readonly weightBytes: number;
}

/** Operations whose results wait for several elements, or for an index. */
const gathering: ReadonlySet<Operation["kind"]> = new Set(["softmax", "sparsemax", "reduce-map", "embedding"]);

function workOf(operation: ComputeOperation): Work {
  const products = count(multiplyAdds(operation));
  const outputs = count(elementCount(operation.output.shape));
  const inputs = operation.inputs.reduce((sum, { shape }) => sum + count(elementCount(shape)), 0);
  const perElement = mathFunctions(operation);
  return {
    products,
    // Statistics go through their elements several times.
    elements: products > 0 ? 0 : Math.max(inputs, outputs) * (operation.kind === "reduce-map" ? 3 : 1),
    functions: outputs * perElement,
    reductions: gathering.has(operation.kind) ? 1 : 0,
    isDense: operation.kind === "dense",
    weightBytes: operation.kind === "dense" ? kernelBytes(operation.kernel) : 0,
  };
}

function kernelBytes({ shape, precision }: WeightTensor): number {
  return shape.reduce((product, axis) => product * axis, precision === "bfloat16" ? 2 : 4);
}

/** `Math` functions that each output takes. */
function mathFunctions(operation: ComputeOperation): number {
  switch (operation.kind) {
    case "softmax":
    case "glu":
      return 1;
    case "elementwise":
      return inFunctions(operation.functions);
    case "dense":
    case "einsum":
    case "weighted-map":
    case "reduce-map":
      return inFunctions(operation.epilogue);
    default:
      return 0;
  }
}

function inFunctions(functions: readonly ScalarFunction[]): number {
  return functions.reduce((sum, { body }) => sum + inScalar(body, new Set()), 0);
}

/** Shared subexpressions count once. */
function inScalar(scalar: Scalar, seen: Set<Scalar>): number {
  if (seen.has(scalar)) return 0;
  seen.add(scalar);
  const isFunction = scalar.kind === "unary" && !cheap.has(scalar.operator);
  return operands(scalar).reduce((sum, operand) => sum + inScalar(operand, seen), isFunction ? 1 : 0);
}

/** Operators that are no call of a `Math` function, or as fast as none. */
const cheap: ReadonlySet<string> = new Set(["neg", "abs", "sqrt"]);

function count({ factor, dims }: Size): number {
  return factor * costs.dim ** dims.length;
}
