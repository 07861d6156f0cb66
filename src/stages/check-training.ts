import type { Model } from "../check/model.ts";
import { usualCompile } from "../check/usual-compile.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { leafLayers } from "../lower/leaf-layers.ts";
import { nothingLearned, trainerMissing } from "../passes/diagnostics.ts";
import { modelsWithin } from "../weights/bind/nested-models.ts";

/**
 * Warnings where trainers were asked for: of a model that has no `compile` clause, unless another one is trained that nests it, and
 * of weights that training can't change.
 */
export function checkTraining(models: readonly Model[]): readonly Diagnostic[] {
  const trained = modelsWithin(...models.filter((model) => model.compile !== undefined));
  return models.flatMap((model) => {
    if (model.compile !== undefined) return unlearned(model);
    if (trained.has(model)) return [];
    return [trainerMissing(model.nameSpan, { model: model.name, clause: usualCompile(model) })];
  });
}

/** Trainable weights before the last Embedding, whose input has no gradient. */
function unlearned({ layers }: Model): readonly Diagnostic[] {
  const all = leafLayers(layers);
  const last = all.findLastIndex(({ layer }) => layer.definition.className === "Embedding");
  const embedding = all[last];
  if (embedding === undefined) return [];
  return all
    .slice(0, last)
    .filter(({ layer }) => layer.trainable && layer.weights.some(({ trainable }) => trainable))
    .map(({ path, layer }) =>
      nothingLearned(layer.span, { layer: path.join("/"), embedding: embedding.path.join("/") }),
    );
}
