import type { Tensor } from "../../ir/graph.ts";
import { local, mul } from "../../ir/scalar.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";
import type { LayerConfig } from "../../layers/definition.ts";
import type { LossDefinition } from "../losses/definition.ts";
import { quotient } from "../quotient.ts";
import type { MetricContext, Sums } from "./definition.ts";

/** The sums of a mean over samples: each sample's own mean, times its weight, and the weights. */
export function meanSums({ graph, weight }: MetricContext, values: Tensor): Sums {
  const axes = values.shape.map((_, axis) => axis);
  const own = axes.length === 0 ? values : graph.reduce({ value: values }, local("value"), { combine: "mean", axes });
  const over = { combine: "sum", axes: [], samples: true } as const;
  const operands = { value: own, weight };
  return {
    total: graph.reduce(operands, mul(local("value"), local("weight")), over),
    // One weight for all counts once for each sample.
    count: graph.reduce(operands, local("weight"), over),
  };
}

/** The mean that these sums come to. */
export function meanResult(graph: StepBuilder, sums: Sums): Tensor {
  return graph.map(sums, quotient(local("total"), local("count")));
}

/** The sums of the mean of a loss's values. */
export function lossSums({ values }: LossDefinition) {
  return (context: MetricContext, config: LayerConfig): Sums =>
    meanSums(context, values(context, { axis: -1, ...config }));
}
