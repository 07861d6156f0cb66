import type { Model, ModelLayer } from "../check/model.ts";
import { formatShape } from "../ir/shape.ts";
import { verify } from "../ir/verify.ts";
import { lowerToLoops } from "../lower/graph-to-loops.ts";
import { leafLayers } from "../lower/leaf-layers.ts";
import { modelInfo, parameterCount } from "../lower/model-info.ts";
import { scoreMeaning } from "../lower/score-meaning.ts";
import { optimize } from "../passes/index.ts";
import { knownArrays, type ModelUnit, type SummaryRow } from "../targets/model-unit.ts";
import type { TrainerUnit } from "../targets/trainer-unit.ts";
import type { PlannedModel } from "./plan-model.ts";

/** What a module has beside the forward functions. */
export interface UnitOptions {
  /** Whether models with a `compile` clause have a trainer. */
  readonly training?: boolean | undefined;
  /** Keys of the weights of which a trainer has masks. */
  readonly masked?: ReadonlySet<string> | undefined;
}

/** Tensor graph -> optimised loops, with what the module says about the model and what the target adds. */
export async function makeUnit(
  planned: PlannedModel,
  { training = false, masked }: UnitOptions = {},
): Promise<ModelUnit> {
  const { model, graph, plans, options, binding, weights, target } = planned;
  const loops = lowerToLoops(graph, plans);
  verify(loops);
  const program = optimize(loops, options, knownArrays(binding));
  verify(program);
  const trainer = training ? await trainerOf(model, masked) : undefined;
  const unit: ModelUnit = {
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
    ...(model.labels === undefined ? {} : { labels: { names: model.labels, scores: scoreMeaning(model) } }),
    info: modelInfo(model),
    summary: summaryRows(model.layers),
    ...(trainer === undefined ? {} : { trainer }),
  };
  return target.addBackend === undefined ? unit : target.addBackend(unit, planned, planned.waits);
}

/** Gradients load only where somebody trains: a check, or a plain build, starts without them. */
async function trainerOf(model: Model, masked: UnitOptions["masked"]): Promise<TrainerUnit | undefined> {
  const { makeTrainer } = await import("./make-trainer.ts");
  return makeTrainer(model, masked);
}

function summaryRows(layers: readonly ModelLayer[]): readonly SummaryRow[] {
  return leafLayers(layers).map(({ path, layer }) => ({
    layer: `${path.join("/")} (${layer.definition.className})`,
    outputShape: formatShape(layer.outputShape),
    parameters: parameterCount([layer]),
  }));
}
