import type { Model } from "../check/model.ts";
import { exportsOf } from "../check/rules/exports.ts";
import { usualCompile } from "../check/usual-compile.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { leafLayers } from "../lower/leaf-layers.ts";
import { nothingLearned, trainerExportTaken, trainerMissing } from "../passes/diagnostics.ts";
import { sharedTrainerNames, trainerExports } from "../targets/trainer-exports.ts";
import { modelsWithin } from "../weights/bind/nested-models.ts";

/**
 * Warnings where trainers were asked for: of a model that has no `compile` clause, unless another one is trained that nests it, and
 * of weights that training can't change; and errors of exports that trainers have as well.
 */
export function checkTraining(models: readonly Model[]): readonly Diagnostic[] {
  return [...checkClauses(models), ...takenNames(models)];
}

function checkClauses(models: readonly Model[]): readonly Diagnostic[] {
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

/** Models with an export that is also one of another's trainer, or of all trainers. */
function takenNames(models: readonly Model[]): readonly Diagnostic[] {
  const trained = models.filter((model) => model.compile !== undefined);
  if (trained.length === 0) return [];
  const taken = new Map<string, Model | undefined>([
    ...sharedTrainerNames.map((name) => [name, undefined] as const),
    ...trained.flatMap((model) => Object.values(trainerExports(model.name)).map((name) => [name, model] as const)),
  ]);
  return models.flatMap((model) => {
    const name = exportsOf(model.name, model.labels !== undefined).find((own) => taken.has(own));
    if (name === undefined) return [];
    const other = taken.get(name);
    const place = other && { span: other.nameSpan, message: `'${other.name}' is declared here` };
    return [trainerExportTaken(model.nameSpan, { name, model: model.name, other: other?.name, place })];
  });
}
