import { add, exp, local, log, sub, x } from "../ir/scalar.ts";
import { axisOf, axisParameter } from "./along-axis.ts";
import { defineActivation } from "./definition.ts";

/**
 * `x - log(sum(exp(x)))` along an axis. The maximum is taken off first, so that `exp` does not overflow; it is part of the
 * sum of logarithms again, so that each element is rounded once.
 */
export const logSoftmax = defineActivation({
  kind: "tensor",
  name: "log_softmax",
  doc: "The logarithm of `softmax` along an axis.",
  parameters: [axisParameter],
  formula: () => "x - log(sum(exp(x)))",
  apply: (graph, input, args) =>
    graph.reduceMap(
      input,
      {
        view: input.shape,
        axes: [axisOf(args, input.shape.length)],
        steps: [
          { kind: "reduce", name: "maximum", combine: "max", term: x },
          { kind: "reduce", name: "total", combine: "sum", term: exp(sub(x, local("maximum"))) },
          { kind: "let", name: "logSum", value: add(local("maximum"), log(local("total"))) },
        ],
        result: { kind: "map", weights: [], body: sub(x, local("logSum")) },
        formulas: ["x - log(sum(exp(x)))"],
      },
      input.shape,
    ),
});
