import type { Model } from "../check/model.ts";
import { defaultPrecision, type Precision } from "../ir/storage-types.ts";
import type { Graph, WeightTensor } from "../ir/graph.ts";
import { weightKey } from "../ir/weight-arrays.ts";
import { modelWeights } from "../lower/model-info.ts";
import { lowerToGraph } from "../lower/model-to-graph.ts";
import { optimizeGraph } from "../passes/graph/index.ts";
import type { PassOptions } from "../passes/pass.ts";
import type { BoundModel, LoweredModel } from "../targets/lowered-model.ts";

/**
 * Model -> tensor graph, folded, fused, and rounded to how its kernels are stored. `stated` is the model's graph where it is
 * known already.
 */
export function lowerModel(
  bound: BoundModel,
  precision: Precision = defaultPrecision,
  stated: Graph = lowerToGraph(bound.model),
  passes: PassOptions<Graph> = {},
): LoweredModel {
  const { model, binding } = bound;
  const arrays = binding.kind === "inline" ? binding.arrays : undefined;
  const graph = optimizeGraph(stated, { precision, arrays }, passes);
  return { ...bound, stated, graph, weights: storedWeights(model, graph, precision) };
}

function storedWeights(model: Model, { operations }: Graph, precision: Precision): readonly WeightTensor[] {
  const weights = modelWeights(model);
  if (precision === defaultPrecision) return weights;
  const kernels = operations.flatMap((operation) =>
    operation.kind === "dense" || operation.kind === "int8-dense" ? [operation.kernel] : [],
  );
  const rounded = new Set(
    kernels.filter((kernel) => kernel.precision !== undefined).map(({ path }) => weightKey(path)),
  );
  return weights.map((weight) => (rounded.has(weightKey(weight.path)) ? { ...weight, precision } : weight));
}
