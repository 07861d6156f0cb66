import { counted } from "../../diagnostics/counted.ts";
import { formatCount } from "../../diagnostics/format-count.ts";
import type {
  DenseOperation,
  DroppedUnits,
  ElementwiseOperation,
  Graph,
  Operation,
  Tensor,
  WeightTensor,
} from "../../ir/graph.ts";
import { evaluateScalar } from "../../ir/evaluate-scalar.ts";
import { staticSize } from "../../ir/size.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { inputDim, units } from "../../ops/dense.ts";
import { knownValues } from "./affine.ts";
import { computedWeight } from "./computed-weight.ts";

/**
 * Where the weights of two dense operations are known, with nothing but elementwise functions between them: a unit of the
 * first whose weights are all 0 is a constant, which goes into the bias of the second, in float64; a unit that the second
 * multiplies by nothing but 0 is not computed, and neither is what only it reads. A layer keeps one unit at least.
 */
export function dropUnits(graph: Graph, arrays: WeightArrays): Graph {
  const operations = [...graph.operations];
  const pairs = pairsOf(graph);
  // What nothing reads is found from the end, for it reads other units; constants from the start, for they make others.
  for (const pair of pairs.toReversed()) apply(operations, pair, withoutUnread(operations, pair, arrays));
  for (const pair of pairs) apply(operations, pair, withoutConstants(operations, pair, arrays));
  return { ...graph, operations };
}

/** The positions of two dense operations with nothing but elementwise ones between them. */
interface Pair {
  readonly first: number;
  readonly second: number;
}

function pairsOf({ operations, output }: Graph): readonly Pair[] {
  const uses = new Map<number, number>([[output.id, 1]]);
  for (const { inputs } of operations) for (const { id } of inputs) uses.set(id, (uses.get(id) ?? 0) + 1);
  const pairs: Pair[] = [];
  let first: number | undefined;
  operations.forEach((operation, at) => {
    const before = operations[at - 1];
    const isNext =
      before !== undefined && operation.inputs[0].id === before.output.id && uses.get(before.output.id) === 1;
    if (!isNext) first = undefined;
    if (operation.kind === "dense") {
      if (first !== undefined) pairs.push({ first, second: at });
      first = operation.epilogue.length === 0 ? at : undefined;
    } else if (operation.kind !== "elementwise") {
      first = undefined;
    }
  });
  return pairs;
}

/** The two dense operations of a pair without some units of the first. */
interface Shorter {
  readonly first: DenseOperation;
  readonly second: DenseOperation;
}

function apply(operations: Operation[], { first, second }: Pair, shorter: Shorter | undefined): void {
  if (shorter === undefined) return;
  operations[first] = shorter.first;
  let input = shorter.first.output;
  for (let at = first + 1; at < second; at++) {
    const between = operations[at] as ElementwiseOperation;
    const next: ElementwiseOperation = { ...between, inputs: [input], output: withUnits(between.output, input) };
    operations[at] = next;
    input = next.output;
  }
  operations[second] = { ...shorter.second, inputs: [input] };
}

function withUnits({ id, shape }: Tensor, { shape: other }: Tensor): Tensor {
  return { id, shape: [...shape.slice(0, -1), ...other.slice(-1)] };
}

function withoutUnread(operations: readonly Operation[], pair: Pair, arrays: WeightArrays): Shorter | undefined {
  const [first, second] = densesOf(operations, pair);
  const [kernel, next] = [knownValues(first.kernel, arrays), knownValues(second.kernel, arrays)];
  if (kernel === undefined || next === undefined) return undefined;
  const width = units(second);
  const kept = chosen(units(first), (unit) => next.subarray(unit * width, (unit + 1) * width).some(isNotZero));
  return shorter(first, second, kept, "read by nothing", arrays);
}

function withoutConstants(operations: readonly Operation[], pair: Pair, arrays: WeightArrays): Shorter | undefined {
  const [first, second] = densesOf(operations, pair);
  const [kernel, next] = [knownValues(first.kernel, arrays), knownValues(second.kernel, arrays)];
  const bias = first.bias === undefined ? undefined : knownValues(first.bias, arrays);
  const nextBias = second.bias === undefined ? undefined : knownValues(second.bias, arrays);
  if (kernel === undefined || next === undefined) return undefined;
  const width = units(first);
  const between = operations.slice(pair.first + 1, pair.second) as readonly ElementwiseOperation[];
  const functions = between.flatMap((operation) => operation.functions);
  const isComputed = new Uint8Array(width);
  kernel.forEach((weight, at) => {
    if (weight !== 0) isComputed[at % width] = 1;
  });
  const sums = Float64Array.from({ length: units(second) }, (_, unit) => nextBias?.[unit] ?? 0);
  const kept = chosen(width, (unit, isLast) => {
    if (isComputed[unit] === 1 || isLast) return true;
    const value = functions.reduce((x, { body }) => evaluateScalar(body, x), bias?.[unit] ?? 0);
    const products = sums.map((_, to) => value * (next[unit * sums.length + to] as number));
    if (!products.every(Number.isFinite)) return true;
    products.forEach((product, to) => (sums[to] = (sums[to] as number) + product));
    return false;
  });
  const result = shorter(first, second, kept, "constant", arrays);
  if (result === undefined) return undefined;
  const needsBias = second.bias !== undefined || sums.some(isNotZero);
  if (!needsBias) return result;
  const path = [...second.kernel.path.slice(0, -1), "bias_folded"];
  return { ...result, second: { ...result.second, bias: computedWeight(path, [sums.length], sums) } };
}

function densesOf(
  operations: readonly Operation[],
  { first, second }: Pair,
): readonly [DenseOperation, DenseOperation] {
  return [operations[first] as DenseOperation, operations[second] as DenseOperation];
}

/** The units that are kept; `keep` is told where it is asked about the only one that may be left. */
function chosen(count: number, keep: (unit: number, isLast: boolean) => boolean): readonly number[] {
  const kept: number[] = [];
  for (let unit = 0; unit < count; unit++) if (keep(unit, kept.length === 0 && unit === count - 1)) kept.push(unit);
  return kept.length === 0 ? [count - 1] : kept;
}

function shorter(
  first: DenseOperation,
  second: DenseOperation,
  kept: readonly number[],
  why: string,
  arrays: WeightArrays,
): Shorter | undefined {
  const all = units(first);
  if (kept.length === all) return undefined;
  const size = staticSize(kept.length);
  const output: Tensor = { ...first.output, shape: [...first.output.shape.slice(0, -1), size] };
  return {
    first: {
      ...first,
      kernel: columns(first.kernel, kept, arrays),
      ...(first.bias === undefined ? {} : { bias: columns(first.bias, kept, arrays) }),
      output,
      ...withDropped(first, { units: all - kept.length, why }),
    },
    second: { ...second, kernel: rowsOf(second.kernel, kept, inputDim(second), arrays) },
  };
}

function withDropped(dense: DenseOperation, units: DroppedUnits): Pick<DenseOperation, "dropped" | "notes"> {
  const dropped = [...(dense.dropped ?? []), units];
  const all = dropped.reduce((sum, { units: count }) => sum + count, 0);
  const whys = dropped.map(({ units: count, why }) => `${formatCount(count)} ${why}`).join(", ");
  return { dropped, notes: [`${counted(all, "unit")} left out: ${whys}`] };
}

/** Some columns of an array `[rows, units]`, or some elements of one `[units]`. */
function columns(weight: WeightTensor, kept: readonly number[], arrays: WeightArrays): WeightTensor {
  const values = knownValues(weight, arrays) as Float32Array | Float64Array;
  const all = weight.shape.at(-1) as number;
  const rows = values.length / all;
  const result = empty(values, rows * kept.length);
  for (let row = 0; row < rows; row++) {
    kept.forEach((unit, at) => (result[row * kept.length + at] = values[row * all + unit] as number));
  }
  return renamed(weight, [...weight.shape.slice(0, -1), kept.length], result);
}

function rowsOf(weight: WeightTensor, kept: readonly number[], inputs: number, arrays: WeightArrays): WeightTensor {
  const values = knownValues(weight, arrays) as Float32Array | Float64Array;
  const width = values.length / inputs;
  const result = empty(values, kept.length * width);
  kept.forEach((unit, at) => result.set(values.subarray(unit * width, (unit + 1) * width), at * width));
  return renamed(weight, [kept.length, width], result);
}

function empty(like: Float32Array | Float64Array, length: number): Float32Array | Float64Array {
  return like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}

/** `dense/kernel` -> `dense/kernel_pruned`: no array of the model. */
function renamed(
  { path, computed }: WeightTensor,
  shape: readonly number[],
  values: Float32Array | Float64Array,
): WeightTensor {
  const name = path.at(-1) as string;
  return computedWeight(computed === true ? path : [...path.slice(0, -1), `${name}_pruned`], shape, values);
}

function isNotZero(value: number): boolean {
  return value !== 0;
}
