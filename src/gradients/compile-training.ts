import type { ModelCompile } from "../check/model.ts";
import { stepNumber } from "../ir/step-number.ts";
import type { KerasObject, LayerConfig } from "../layers/definition.ts";
import { commonOf } from "../training/optimizers/common.ts";
import { schedules } from "../training/schedules/index.ts";
import { reducedLoss } from "../training/losses/reduced-loss.ts";
import type { CompiledTraining } from "./compiled-training.ts";

/** What the `compile` clause of a model means. */
export function compileTraining({ optimizer, loss, metrics }: ModelCompile): CompiledTraining {
  const ignored = loss.config["ignore_class"];
  const names = metricNames(metrics.map(({ definition }) => definition.identifier));
  const reduction = loss.config["reduction"] as Parameters<typeof reducedLoss>[2];
  return {
    optimizer: {
      rule: optimizer.definition.rule(optimizer.config),
      common: commonOf(optimizer.config),
      learningRate: learningRateOf(optimizer.config),
    },
    loss: {
      targets: loss.definition.targets,
      ...(typeof ignored === "number" ? { ignored } : {}),
      value(compared, weight) {
        const values = loss.definition.values(compared, loss.config);
        const counts = loss.definition.counts?.(compared, loss.config);
        return reducedLoss(compared.graph, { values, weight, counts }, reduction);
      },
    },
    metrics: metrics.map(({ definition, config }, at) => ({
      name: names[at] as string,
      sums: (compared) => definition.sums({ ...compared, targets: loss.definition.targets }, config),
      result: (graph, sums) => definition.result(graph, sums, config),
    })),
  };
}

/** Each name once: Keras calls those that come again `precision_1`, `precision_2`. */
function metricNames(identifiers: readonly string[]): readonly string[] {
  return identifiers.map((identifier, at) => {
    const before = identifiers.slice(0, at).filter((other) => other === identifier).length;
    return before === 0 ? identifier : `${identifier}_${before}`;
  });
}

function learningRateOf(config: LayerConfig) {
  const given = config["learning_rate"];
  if (typeof given === "number") return stepNumber(given);
  const { className, config: own } = given as KerasObject;
  const schedule = schedules.find((definition) => definition.className === className);
  if (schedule === undefined) throw new Error(`no schedule '${className}'`);
  return schedule.rate(own);
}
