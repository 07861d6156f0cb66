import type { Model } from "../check/model.ts";
import { compileTraining } from "../gradients/compile-training.ts";
import { lowerTraining } from "../gradients/lower-training.ts";
import type { TrainerUnit } from "../targets/trainer-unit.ts";

/**
 * The trainer of a model, by its `compile` clause; undefined for a model without one. `masked` are the keys of the weights of
 * which it has masks, in its state.
 */
export function makeTrainer(model: Model, masked?: ReadonlySet<string>): TrainerUnit | undefined {
  if (model.compile === undefined) return undefined;
  const { optimizer, loss } = model.compile;
  const training = compileTraining(model.compile);
  const { learningRate, rule } = training.optimizer;
  return {
    name: model.name,
    exportName: model.exportName,
    inputShape: model.inputShape,
    outputShape: model.outputShape,
    dims: model.dims,
    optimizer: optimizer.definition.identifier,
    loss: loss.definition.identifier,
    lowered: lowerTraining(model, training, masked),
    targets: training.loss.targets,
    ...(training.loss.ignored === undefined ? {} : { ignored: training.loss.ignored }),
    learningRate,
    states: rule.states ?? {},
  };
}
