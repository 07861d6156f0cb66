import type { Model } from "../check/model.ts";
import { usualCompile } from "../check/usual-compile.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { trainerMissing } from "../passes/diagnostics.ts";
import { modelsWithin } from "../weights/bind/nested-models.ts";

/** Warnings where trainers were asked for, and a model has no `compile` clause; not where another one is trained that nests it. */
export function checkTraining(models: readonly Model[]): readonly Diagnostic[] {
  const trained = modelsWithin(...models.filter((model) => model.compile !== undefined));
  return models
    .filter((model) => !trained.has(model))
    .map((model) => trainerMissing(model.nameSpan, { model: model.name, clause: usualCompile(model) }));
}
