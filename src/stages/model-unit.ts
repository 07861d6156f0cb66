import type { Model, ModelLayer } from "../check/model.ts";
import type { Precision } from "../ir/bfloat16.ts";
import type { Graph, WeightTensor } from "../ir/graph.ts";
import type { Kernel } from "../ir/loops.ts";
import { formatShape } from "../ir/shape.ts";
import { verify } from "../ir/verify.ts";
import { weightKey, type WeightArrays } from "../ir/weight-arrays.ts";
import { lowerToLoops } from "../lower/graph-to-loops.ts";
import { modelInfo, modelWeights, parameterCount } from "../lower/model-info.ts";
import { lowerToGraph } from "../lower/model-to-graph.ts";
import { optimizeGraph } from "../passes/graph/index.ts";
import { optimize } from "../passes/index.ts";
import { planOperations, type PlanOptions, type Plans } from "../passes/plan.ts";
import type { ModelUnit, SummaryRow, WeightBinding } from "../targets/model-unit.ts";
import { assembleModules } from "../targets/wasm/assemble.ts";

/** A model after the graph stages: what the limits are checked on and the loops are made from. */
export interface PlannedModel {
  readonly model: Model;
  readonly graph: Graph;
  readonly plans: Plans;
  readonly options: PlanOptions;
  readonly binding: WeightBinding;
  /** Every trained array, in the model's order, with the precision in which it is stored. */
  readonly weights: readonly WeightTensor[];
}

/** Model -> tensor graph, folded, fused, rounded to how its kernels are stored, and planned. */
export function planModel(
  model: Model,
  binding: WeightBinding,
  unroll: PlanOptions["unroll"],
  precision: Precision = "float32",
): PlannedModel {
  const stated = lowerToGraph(model);
  const graph = optimizeGraph(stated, { precision, ...(binding.kind === "inline" ? { arrays: binding.arrays } : {}) });
  const weights = storedWeights(model, stated, precision);
  return { model, graph, binding, weights, ...planGraph(graph, binding, weights, unroll) };
}

/** The same graph under other plans: dense layers in tiles, everything else in loops, beside WebAssembly. */
export function planForWasm(planned: PlannedModel): PlannedModel {
  return { ...planned, ...planGraph(planned.graph, planned.binding, planned.weights, "tiles") };
}

function planGraph(
  graph: Graph,
  binding: WeightBinding,
  weights: readonly WeightTensor[],
  unroll: PlanOptions["unroll"],
): Pick<PlannedModel, "options" | "plans"> {
  const isRounded = weights.some((weight) => weight.precision === "bfloat16");
  const options: PlanOptions = {
    unroll,
    bound: binding.kind === "inline",
    // As WebAssembly reads them, so that both have the same arrays.
    ...(unroll === "tiles" ? { panelLanes: isRounded ? 8 : 4 } : {}),
  };
  return { options, plans: planOperations(graph.operations, options) };
}

function knownArrays(binding: WeightBinding): WeightArrays {
  return binding.kind === "inline" ? binding.arrays : new Map();
}

function storedWeights(model: Model, { operations }: Graph, precision: Precision): readonly WeightTensor[] {
  const weights = modelWeights(model);
  if (precision === "float32") return weights;
  const kernels = operations.flatMap((operation) => (operation.kind === "dense" ? [operation.kernel] : []));
  const rounded = new Set(kernels.map(({ path }) => weightKey(path)));
  return weights.map((weight) => (rounded.has(weightKey(weight.path)) ? { ...weight, precision } : weight));
}

/** A unit on WebAssembly, unless that can't run it (`wasmObstacle`). `unit` was planned as what stands in for it. */
export async function withWasm(unit: ModelUnit, { graph }: PlannedModel): Promise<ModelUnit> {
  const wasm = await assembleModules(graph, unit.program.batch?.chunk ?? 1);
  return wasm === undefined ? unit : { ...unit, wasm };
}

/** Tensor graph -> optimised loops, with what the module says about the model. */
export function makeUnit({ model, graph, plans, options, binding, weights }: PlannedModel): ModelUnit {
  const loops = lowerToLoops(graph, plans);
  verify(loops);
  const program = optimize(loops, options, knownArrays(binding));
  verify(program);
  return {
    name: model.name,
    exportName: model.exportName,
    ...(model.doc === undefined ? {} : { doc: model.doc }),
    inputShape: model.inputShape,
    outputShape: model.outputShape,
    dims: model.dims,
    program,
    weights,
    binding,
    parameterCount: parameterCount(model.layers),
    info: modelInfo(model),
    summary: summaryRows(model.layers),
  };
}

function summaryRows(layers: readonly ModelLayer[]): readonly SummaryRow[] {
  return leafLayers(layers).map(({ path, layer }) => ({
    layer: `${path.join("/")} (${layer.definition.className})`,
    outputShape: formatShape(layer.outputShape),
    parameters: parameterCount([layer]),
  }));
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
