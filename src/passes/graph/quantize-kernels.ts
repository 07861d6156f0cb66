import type {
  DenseOperation,
  Graph,
  Int8DenseOperation,
  Operation,
  QuantizeRowsOperation,
  WeightTensor,
} from "../../ir/graph.ts";
import { mostInputs, paddedInputs, quantizeKernel } from "../../ir/int8.ts";
import { staticSize } from "../../ir/size.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { freshId } from "../../lower/schedule.ts";
import { inputDim, units } from "../../ops/dense.ts";
import { trailing } from "../../ops/quantize-rows.ts";
import { knownValues } from "./affine.ts";
import { givesNonNegative } from "./non-negative.ts";

/** Products from which on a layer gains by integers; below, its accuracy is worth more. */
const leastProducts = 4096;
/** Inputs from which on fewer bytes are worth the time that a row takes to become integers. */
const leastInputs = 16;
/** The last layer stays float32 unless it has more than this share of all products. */
const lastShare = 1 / 16;

/**
 * Computes large dense operations in integers: a kernel of int8 by inputs of seven bits. After folding: a folded kernel is rounded once.
 * Everything else stays float32, and so does the last one, whose errors nothing evens out, unless it is much of the model.
 */
export function quantizeKernels(graph: Graph, arrays: WeightArrays): Graph {
  const chosen = quantizedOperations(graph);
  const nonNegative = new Set<number>();
  let id = freshId(graph.input, graph.operations);
  const operations = graph.operations.flatMap((operation): readonly Operation[] => {
    const [{ id: input }] = operation.inputs;
    const signed = !nonNegative.has(input);
    if (givesNonNegative(operation, (tensor) => nonNegative.has(tensor))) nonNegative.add(operation.output.id);
    if (operation.kind !== "dense" || !chosen.has(operation)) return [operation];
    return quantized(operation, arrays, signed, id++) ?? [operation];
  });
  return { ...graph, operations };
}

/** The dense operations that are computed in integers. */
export function quantizedOperations({ operations }: Graph): ReadonlySet<DenseOperation> {
  const dense = operations.filter((operation) => operation.kind === "dense");
  const products = (operation: DenseOperation): number => inputDim(operation) * units(operation);
  const all = dense.reduce((sum, operation) => sum + products(operation), 0);
  const last = dense.at(-1);
  return new Set(
    dense.filter((operation) => {
      const inputs = inputDim(operation);
      if (products(operation) < leastProducts || inputs < leastInputs || inputs > mostInputs) return false;
      return operation !== last || products(operation) > all * lastShare;
    }),
  );
}

/** Nothing for a kernel that holds numbers which are not finite. */
function quantized(
  { kernel, bias, epilogue, inputs: [input], output, ...rest }: DenseOperation,
  arrays: WeightArrays,
  signed: boolean,
  id: number,
): readonly [QuantizeRowsOperation, Int8DenseOperation] | undefined {
  const [inputs, outputs] = kernel.shape as readonly [number, number];
  const values = knownValues(kernel, arrays);
  const parts = values === undefined ? undefined : quantizeKernel(values, inputs, outputs);
  if (parts?.scales.every((scale) => Number.isFinite(scale)) === false) return undefined;
  const part = (kind: "integers" | "scales" | "sums", shape: readonly number[]): WeightTensor => ({
    path: kind === "integers" ? kernel.path : [...kernel.path.slice(0, -1), `kernel_${kind}`],
    shape,
    part: { kind, kernel },
    ...(parts === undefined ? {} : { values: parts[kind], computed: true }),
    ...(kind === "integers" ? { precision: "int8" } : {}),
  });
  const rows = {
    id,
    shape: [...input.shape.slice(0, -1), staticSize(paddedInputs(inputs) + trailing)],
  };
  const [origin] = rest.origins;
  return [
    {
      kind: "quantize-rows",
      inputs: [input],
      output: rows,
      origins: origin === undefined ? [] : [origin],
      signed,
    },
    {
      ...rest,
      kind: "int8-dense",
      inputs: [rows],
      output,
      kernel: part("integers", [paddedInputs(inputs), outputs]),
      scales: part("scales", [outputs]),
      ...(signed ? { sums: part("sums", [outputs]) } : {}),
      ...(bias === undefined ? {} : { bias: asFloat32(bias) }),
      epilogue,
    },
  ];
}

/** Folded biases are float64, and all targets are to add the same numbers. */
function asFloat32(bias: WeightTensor): WeightTensor {
  return bias.values === undefined ? bias : { ...bias, values: Float32Array.from(bias.values) };
}
