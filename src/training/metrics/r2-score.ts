import { optional } from "../../layers/arguments/basic.ts";
import { oneOf } from "../../layers/arguments/keyword.ts";
import { nonNegativeInteger } from "../../layers/arguments/numbers.ts";
import { abs, constant, div, local, mul, type Scalar, select, sub } from "../../ir/scalar.ts";
import type { Tensor } from "../../ir/graph.ts";
import { one } from "../../ir/size.ts";
import { p, t } from "../compared.ts";
import { defineMetric } from "./definition.ts";

/** `1 - sum((t - p) ** 2) / sum((t - mean(t)) ** 2)` */
export const r2Score = defineMetric({
  identifier: "r2_score",
  className: "R2Score",
  doc: "The share of the variance of the targets that the outputs explain: 1 is all of it.",
  targets: "same",
  parameters: [
    {
      name: "class_aggregation",
      type: optional(oneOf(["uniform_average", "variance_weighted_average"])),
      default: "uniform_average",
      doc: "How the scores of several outputs become one: their mean, or the mean by the variance of the targets. `none`: their mean, too, one number being reported.",
    },
    {
      name: "num_regressors",
      type: nonNegativeInteger,
      default: 0,
      doc: "How many inputs explain the output, for the adjusted score; 0: the score itself.",
    },
  ],
  countsPlaces: () => true,
  sums(context) {
    const { graph, weight } = context;
    const listed = (tensor: Tensor): Tensor => (tensor.shape.length === 0 ? graph.reshape(tensor, [one]) : tensor);
    const [target, prediction] = [listed(context.target), listed(context.prediction)];
    const operands = { t: target, p: prediction, weight };
    const axes = prediction.shape.map((_, axis) => axis).slice(0, -1);
    const share = local("weight");
    const sum = (term: Scalar): Tensor => graph.reduce(operands, term, { combine: "sum", axes, samples: true });
    const error = sub(t, p);
    const counts = select(abs(share), "gt", constant(0), constant(1), constant(0));
    return {
      sum: sum(mul(t, share)),
      squared_sum: sum(mul(t, mul(t, share))),
      residual: sum(mul(mul(error, error), share)),
      count: sum(share),
      num_samples: sum(counts),
    };
  },
  result(graph, sums, { class_aggregation: aggregation, num_regressors: regressors }) {
    const [total, residual] = [local("total"), local("residual")];
    const plain = sub(constant(1), div(residual, total));
    // Where targets don't vary nothing is explained, unless all is right: then it is NaN, as in Keras.
    const still = select(residual, "gt", constant(0), constant(0), plain);
    const score = select(abs(total), "le", constant(0), still, plain);
    const over = { combine: "sum", axes: [0] } as const;
    const mean = div(local("sum"), local("count"));
    const all = { ...sums, total: graph.map(sums, sub(local("squared_sum"), mul(local("sum"), mean))) };
    const found =
      aggregation === "variance_weighted_average"
        ? graph.map(
            { part: graph.reduce(all, mul(total, score), over), whole: graph.reduce(all, total, over) },
            div(local("part"), local("whole")),
          )
        : graph.reduce(all, score, { ...over, combine: "mean" });
    if (regressors === 0) return found;
    const samples = graph.reduce(sums, local("num_samples"), { ...over, combine: "mean" });
    const left = sub(sub(local("samples"), constant(regressors)), constant(1));
    const lacking = mul(sub(constant(1), local("found")), sub(local("samples"), constant(1)));
    const adjusted = sub(constant(1), div(lacking, left));
    return graph.map({ found, samples }, select(left, "gt", constant(0), adjusted, local("found")));
  },
});
