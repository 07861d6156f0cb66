import type { Model } from "../check/model.ts";
import { outputActivation } from "../check/output-activation.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { isStatic } from "../ir/size.ts";
import { trainerMissing } from "../passes/diagnostics.ts";
import { modelsWithin } from "../weights/bind/nested-models.ts";

/** Warnings where trainers were asked for, and a model has no `compile` clause; not where another one is trained that nests it. */
export function checkTraining(models: readonly Model[]): readonly Diagnostic[] {
  const trained = modelsWithin(...models.filter((model) => model.compile !== undefined));
  return models
    .filter((model) => !trained.has(model))
    .map((model) => trainerMissing(model.nameSpan, { model: model.name, clause: usualClause(model) }));
}

/** A clause for a model, by what it gives. */
function usualClause({ layers, outputShape }: Model): string {
  const classes = outputShape.at(-1);
  const isOne = classes === undefined || (isStatic(classes) && classes.factor === 1);
  switch (outputActivation(layers)?.activation.definition.name) {
    case "softmax":
      if (isOne) break;
      return "compile(optimizer=adam, loss=sparse_categorical_crossentropy, metrics=[accuracy])";
    case "sigmoid":
      return "compile(optimizer=adam, loss=binary_crossentropy, metrics=[accuracy])";
  }
  return "compile(optimizer=adam, loss=mean_squared_error)";
}
