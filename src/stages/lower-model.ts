import type { Model } from "../check/model.ts";
import { defaultPrecision, type Precision } from "../ir/storage-types.ts";
import type { Graph, WeightTensor } from "../ir/graph.ts";
import { weightKey } from "../ir/weight-arrays.ts";
import { modelWeights } from "../lower/model-info.ts";
import { lowerToGraph } from "../lower/model-to-graph.ts";
import { optimizeGraph } from "../passes/graph/index.ts";
import type { PassOptions } from "../passes/pass.ts";
import type { BoundModel, LoweredModel } from "../targets/lowered-model.ts";

/** What decides what the graph of a model becomes. */
export interface LoweringOptions {
  readonly precision?: Precision | undefined;
  readonly keepZeros?: boolean | undefined;
}

/**
 * Model -> tensor graph, folded, fused, and rounded to how its kernels are stored. `stated` is the model's graph where it is
 * known already.
 */
export function lowerModel(
  bound: BoundModel,
  { precision = defaultPrecision, keepZeros = false }: LoweringOptions = {},
  stated: Graph = lowerToGraph(bound.model),
  passes: PassOptions<Graph> = {},
): LoweredModel {
  const { model, binding } = bound;
  const arrays = binding.kind === "inline" ? binding.arrays : undefined;
  const fileArrays = binding.kind === "file" ? bound.arrays : undefined;
  const graph = optimizeGraph(stated, { precision, arrays, fileArrays, keepZeros }, passes);
  return { ...bound, stated, graph, keepZeros, weights: storedWeights(model, graph, precision) };
}

function storedWeights(model: Model, { operations }: Graph, precision: Precision): readonly WeightTensor[] {
  const weights = modelWeights(model);
  if (precision === defaultPrecision) return weights;
  const kernels = operations.flatMap((operation) =>
    operation.kind === "dense" || operation.kind === "int8-dense" ? [operation.kernel] : [],
  );
  // What a pass has computed from a kernel stands for it: `dense/kernel_folded`.
  const rounded = new Set(
    kernels
      .filter((kernel) => kernel.precision !== undefined)
      .map(({ path }) => weightKey([...path.slice(0, -1), "kernel"])),
  );
  return weights.map((weight) => (rounded.has(weightKey(weight.path)) ? { ...weight, precision } : weight));
}
