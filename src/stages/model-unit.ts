import type { Model, ModelLayer } from "../check/model.ts";
import type { Graph } from "../ir/graph.ts";
import type { Kernel } from "../ir/loops.ts";
import { formatShape } from "../ir/shape.ts";
import { verify } from "../ir/verify.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import { lowerToLoops } from "../lower/graph-to-loops.ts";
import { modelInfo, modelWeights, parameterCount } from "../lower/model-info.ts";
import { lowerToGraph } from "../lower/model-to-graph.ts";
import { foldAffine } from "../passes/fold-affine.ts";
import { fuse } from "../passes/fuse.ts";
import { optimize } from "../passes/index.ts";
import { planOperations, type PlanOptions, type Plans } from "../passes/plan.ts";
import type { ModelUnit, SummaryRow, WeightBinding } from "../targets/model-unit.ts";

/** A model after the graph stages: what the limits are checked on and the loops are made from. */
export interface PlannedModel {
  readonly model: Model;
  readonly graph: Graph;
  readonly plans: Plans;
  readonly options: PlanOptions;
  readonly binding: WeightBinding;
}

/** Model -> tensor graph, folded, fused and planned. */
export function planModel(model: Model, binding: WeightBinding, unroll: PlanOptions["unroll"]): PlannedModel {
  const options = { unroll, bound: binding.kind === "inline" };
  const stated = lowerToGraph(model);
  const graph = fuse(binding.kind === "inline" ? foldAffine(stated, binding.arrays) : stated);
  return { model, graph, options, binding, plans: planOperations(graph.operations, options) };
}

/** Tensor graph -> optimised loops, with what the module says about the model. */
export function makeUnit({ model, graph, plans, options, binding }: PlannedModel): ModelUnit {
  const loops = lowerToLoops(graph, plans);
  verify(loops);
  const arrays: WeightArrays = binding.kind === "inline" ? binding.arrays : new Map();
  const program = optimize(loops, options, arrays);
  verify(program);
  return {
    name: model.name,
    exportName: model.exportName,
    ...(model.doc === undefined ? {} : { doc: model.doc }),
    inputShape: model.inputShape,
    outputShape: model.outputShape,
    dims: model.dims,
    program,
    weights: modelWeights(model),
    binding,
    parameterCount: parameterCount(model.layers),
    info: modelInfo(model),
    summary: summaryRows(model.layers, []),
  };
}

function summaryRows(layers: readonly ModelLayer[], path: readonly string[]): readonly SummaryRow[] {
  return layers.flatMap((layer) => {
    const layerPath = [...path, layer.name];
    if (layer.kind === "nested") return summaryRows(layer.model.layers, layerPath);
    return [
      {
        layer: `${layerPath.join("/")} (${layer.definition.className})`,
        outputShape: formatShape(layer.outputShape),
        parameters: parameterCount([layer]),
      },
    ];
  });
}

/** The layers of a model with their paths, nested models spelt out. */
export function leafLayers(
  layers: readonly ModelLayer[],
  path: readonly string[] = [],
): readonly { readonly path: readonly string[]; readonly layer: Extract<ModelLayer, { kind: "layer" }> }[] {
  return layers.flatMap((layer) => {
    const layerPath = [...path, layer.name];
    if (layer.kind === "nested") return leafLayers(layer.model.layers, layerPath);
    return [{ path: layerPath, layer }];
  });
}

/** The kernels that compute each layer, or part of it, by the layer's path joined with `/`. */
export function kernelsByLayer(kernels: readonly Kernel[]): ReadonlyMap<string, readonly Kernel[]> {
  const byLayer = new Map<string, Kernel[]>();
  for (const kernel of kernels) {
    for (const { path } of kernel.origins) {
      const layer = path.join("/");
      byLayer.set(layer, [...(byLayer.get(layer) ?? []), kernel]);
    }
  }
  return byLayer;
}
