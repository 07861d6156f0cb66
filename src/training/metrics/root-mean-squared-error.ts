import { local, mul, sqrt, sub } from "../../ir/scalar.ts";
import { p, t } from "../compared.ts";
import { meanResult, meanSums } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const rootMeanSquaredError = defineMetric({
  identifier: "root_mean_squared_error",
  className: "RootMeanSquaredError",
  aliases: ["rmse"],
  doc: "The root of the mean of the squared errors.",
  targets: "same",
  parameters: [],
  sums(context) {
    const { graph, target, prediction } = context;
    const error = sub(p, t);
    return meanSums(context, graph.map({ t: target, p: prediction }, mul(error, error)));
  },
  result: (graph, sums) => graph.map({ mean: meanResult(graph, sums) }, sqrt(local("mean"))),
});
