import { blockSize } from "../ir/blocks.ts";
import type { DenseOperation, Graph, Int8DenseOperation, Operation, WeightTensor } from "../ir/graph.ts";
import type { Scalar, ScalarFunction } from "../ir/scalar.ts";
import { elementCount } from "../ir/shape.ts";
import type { Size } from "../ir/size.ts";
import { storedBytes } from "../ir/storage-types.ts";
import { operands } from "../ir/visit-values.ts";
import { rows } from "../ops/dense.ts";
import { multiplyAdds, type ComputeOperation } from "../ops/index.ts";
import { blockTime } from "./block-time.ts";
import { costs } from "./costs.ts";

/** What an operation does for one sample: what its time is estimated from. */
export interface Work {
  readonly operation: ComputeOperation;
  /** Multiply-adds; where blocks of weights are skipped, those of loops over all weights that would take as long. */
  readonly products: number;
  /** Those that straight-line code has. */
  readonly terms: number;
  /** Elements that are more than the start of a sum. */
  readonly elements: number;
  /** `Math` functions of elements. */
  readonly functions: number;
  readonly reductions: number;
  readonly isDense: boolean;
  /** Bytes of the kernel of a Dense, as it is stored. */
  readonly weightBytes: number;
}

/** Operations whose results wait for several elements, or for an index. */
const gathering: ReadonlySet<Operation["kind"]> = new Set(["softmax", "sparsemax", "reduce-map", "embedding"]);

/** What each operation of a graph does; reshapes do nothing. */
export function workOf({ operations }: Graph): readonly Work[] {
  return operations.filter((operation) => operation.kind !== "reshape").map(operationWork);
}

function operationWork(operation: ComputeOperation): Work {
  const all = estimatedSize(multiplyAdds(operation));
  const products = all * (operation.kind === "dense" ? blockShare(operation.kernel) : 1);
  const outputs = estimatedSize(elementCount(operation.output.shape));
  const inputs = operation.inputs.reduce((sum, { shape }) => sum + estimatedSize(elementCount(shape)), 0);
  const perElement = mathFunctions(operation);
  return {
    operation,
    products,
    terms: all - (operation.kind === "dense" ? zeroProducts(operation) : 0),
    // Statistics go through their elements several times.
    elements: all > 0 ? 0 : Math.max(inputs, outputs) * (operation.kind === "reduce-map" ? 3 : 1),
    functions: outputs * perElement,
    reductions: gathering.has(operation.kind) ? 1 : 0,
    isDense: hasKernel(operation),
    weightBytes: hasKernel(operation) ? kernelBytes(operation.kernel) : 0,
  };
}

function hasKernel(operation: ComputeOperation): operation is DenseOperation | Int8DenseOperation {
  return operation.kind === "dense" || operation.kind === "int8-dense";
}

function kernelBytes(kernel: WeightTensor): number {
  const { blocks } = kernel;
  return storedBytes(blocks === undefined ? kernel : { ...kernel, shape: [blocks.count, blockSize] });
}

function zeroProducts(operation: DenseOperation): number {
  return estimatedSize(rows(operation)) * (operation.zeros ?? 0);
}

/** How long loops over the blocks of a kernel take, as a part of the time of loops over all of it. */
function blockShare({ blocks, shape }: WeightTensor): number {
  return blocks === undefined ? 1 : blockTime(blocks, shape);
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
    case "int8-dense":
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

/** A size as a number; a run-time dim counts as `costs.dim`. */
export function estimatedSize({ factor, dims }: Size): number {
  return factor * costs.dim ** dims.length;
}
