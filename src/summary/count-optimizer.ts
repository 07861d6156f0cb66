import type { Model } from "../check/model.ts";
import { countParameters } from "./count-parameters.ts";

/**
 * The numbers that the optimizer of a `compile` clause keeps, as Keras counts its variables: how many steps it has made, the
 * learning rate where that stays, its own states, and its arrays beside each weight that is trained. Undefined without a clause.
 */
export function countOptimizer(model: Model): number | undefined {
  if (model.compile === undefined) return undefined;
  const { definition, config } = model.compile.optimizer;
  const { slots, states = {} } = definition.rule(config);
  const arrays = Object.keys(slots).length + (config["use_ema"] === true ? 1 : 0);
  const rate = typeof config["learning_rate"] === "number" ? 1 : 0;
  return 1 + rate + Object.keys(states).length + arrays * countParameters(model).trainable;
}
