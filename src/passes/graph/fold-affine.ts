import type { DenseOperation, Graph, Operation, WeightedMapOperation } from "../../ir/graph.ts";
import { product } from "../../ir/product.ts";
import { add, local, mul, x } from "../../ir/scalar.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { inputDim, units } from "../../ops/dense.ts";
import { affineOf, evaluateAffine, knownValues, type PeriodicAffine } from "./affine.ts";
import { computedWeight, fitsFloat32 } from "./computed-weight.ts";
import { editGraph, type GraphEdit } from "./graph-edit.ts";

/** Arrays above this stay as they are: folded ones take twice the space. */
const longestArray = 2 ** 23;
/** Maps whose numbers repeat less often are left alone: a dense operation beside them would have to be as wide. */
const longestPeriod = 2 ** 18;

/**
 * Where the weights are known, computes affine maps of single elements (BatchNormalization, Normalization, Rescaling) into
 * the kernel and the bias of the dense operation before or behind them, so that no code is left of them. Reshapes in
 * between don't hinder: they move nothing. What finds no dense operation becomes `x * scale + shift`.
 *
 * The arithmetic is float64, and folded arrays stay float64 unless float32 holds every number: rounding them would cost
 * as much precision as the whole of Keras' float32 arithmetic. A map without weights is folded only where that makes no
 * array larger.
 */
export function foldAffine(graph: Graph, arrays: WeightArrays): Graph {
  const edit = editGraph(graph);
  for (const operation of graph.operations) {
    const affine = affineOf(operation, arrays, longestPeriod);
    const before = affine === undefined ? undefined : edit.soleProducer(operation.inputs[0]);
    const folded =
      affine !== undefined && before?.kind === "dense" ? foldBehind(before, operation, affine, arrays) : undefined;
    if (before !== undefined && folded !== undefined) {
      edit.replace(before, folded);
      edit.dissolve(operation);
    } else {
      edit.push(operation.kind === "dense" ? foldAllBefore(operation, edit, arrays) : operation);
    }
  }
  const result = edit.finish();
  return { ...result, operations: result.operations.map((operation) => withKnownScale(operation, arrays)) };
}

/** Takes the affine maps whose results only a dense operation reads into that. */
function foldAllBefore(dense: DenseOperation, edit: GraphEdit, arrays: WeightArrays): DenseOperation {
  let result = dense;
  for (;;) {
    const map = edit.soleProducer(dense.inputs[0]);
    const affine = map === undefined ? undefined : affineOf(map, arrays, longestPeriod);
    const folded = map === undefined || affine === undefined ? undefined : foldBefore(result, map, affine, arrays);
    if (map === undefined || folded === undefined) return result;
    edit.dissolve(map);
    result = folded;
  }
}

/** `scale * (x · kernel + bias) + shift`; the period of the map divides the number of units. */
function foldBehind(
  dense: DenseOperation,
  map: Operation,
  affine: PeriodicAffine,
  arrays: WeightArrays,
): DenseOperation | undefined {
  const width = units(dense);
  const kernel = knownValues(dense.kernel, arrays);
  const bias = dense.bias === undefined ? undefined : knownValues(dense.bias, arrays);
  if (dense.epilogue.length > 0 || width % affine.length !== 0 || kernel === undefined) return undefined;
  const of = (unit: number) => affine[unit % affine.length] as PeriodicAffine[number];
  const newKernel = Float64Array.from(kernel, (value, at) => value * of(at % width).scale);
  const newBias = Float64Array.from(
    { length: width },
    (_, unit) => of(unit).scale * (bias?.[unit] ?? 0) + of(unit).shift,
  );
  return withFolded(dense, map, kernel, newKernel, newBias);
}

/** `(scale * x + shift) · kernel + bias`; the period of the map divides the number of inputs. */
function foldBefore(
  dense: DenseOperation,
  map: Operation,
  affine: PeriodicAffine,
  arrays: WeightArrays,
): DenseOperation | undefined {
  const width = units(dense);
  const kernel = knownValues(dense.kernel, arrays);
  const bias = dense.bias === undefined ? undefined : knownValues(dense.bias, arrays);
  if (inputDim(dense) % affine.length !== 0 || kernel === undefined) return undefined;
  const of = (input: number) => affine[input % affine.length] as PeriodicAffine[number];
  const newKernel = Float64Array.from(kernel, (value, at) => value * of(Math.floor(at / width)).scale);
  const newBias = Float64Array.from({ length: width }, (_, unit) => bias?.[unit] ?? 0);
  kernel.forEach(
    (value, at) => (newBias[at % width] = (newBias[at % width] as number) + of(Math.floor(at / width)).shift * value),
  );
  return withFolded(dense, map, kernel, newKernel, newBias);
}

function withFolded(
  dense: DenseOperation,
  map: Operation,
  oldKernel: Float32Array | Float64Array,
  kernel: Float64Array,
  bias: Float64Array,
): DenseOperation | undefined {
  if (kernel.length > longestArray || !allFinite(kernel) || !allFinite(bias)) return undefined;
  const grows = oldKernel instanceof Float32Array && !(fitsFloat32(kernel) && fitsFloat32(bias));
  if (grows && map.kind === "elementwise") return undefined;
  const needsBias = dense.bias !== undefined || bias.some((value) => value !== 0);
  const owner = dense.kernel.path.slice(0, -1);
  return {
    ...dense,
    kernel: computedWeight([...owner, "kernel_folded"], dense.kernel.shape, kernel),
    ...(needsBias ? { bias: computedWeight([...owner, "bias_folded"], [bias.length], bias) } : {}),
    folded: [...new Set([...(dense.folded ?? []), ...map.origins])].filter((origin) => !dense.origins.includes(origin)),
  };
}

function allFinite(values: Float64Array): boolean {
  return values.every(Number.isFinite);
}

/** `x * scale + shift` in place of a formula of trained arrays that all have one shape. */
function withKnownScale(operation: Operation, arrays: WeightArrays): Operation {
  if (operation.kind !== "weighted-map") return operation;
  const [first] = operation.weights;
  if (first === undefined) return operation;
  const { strides, weight } = first;
  if (!operation.weights.every((other) => other.strides.join() === strides.join())) return operation;
  const lists = operation.weights.map(({ name, weight: own }) => [name, knownValues(own, arrays)] as const);
  const count = product(weight.shape);
  const scale = new Float64Array(count);
  const shift = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const locals = new Map<string, number>();
    for (const [name, list] of lists) {
      const value = list?.[at];
      if (value !== undefined) locals.set(name, value);
    }
    const affine = evaluateAffine(operation.body, locals);
    if (affine === undefined || !Number.isFinite(affine.scale) || !Number.isFinite(affine.shift)) return operation;
    scale[at] = affine.scale;
    shift[at] = affine.shift;
  }
  const owner = weight.path.slice(0, -1);
  const operand = (name: string, values: Float64Array): WeightedMapOperation["weights"][number] => ({
    name,
    weight: computedWeight([...owner, name], weight.shape, values),
    strides,
  });
  const formula = "x * scale + shift";
  return {
    ...operation,
    weights: [operand("scale", scale), operand("shift", shift)],
    body: add(mul(x, local("scale")), local("shift")),
    formula,
    notes: [`${operation.formula}, as ${formula}`],
  };
}
