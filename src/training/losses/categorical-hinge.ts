import { reduction } from "./parameters.ts";
import { add, constant, local, max, mul, sub } from "../../ir/scalar.ts";
import { p, sumAlong, t } from "../compared.ts";
import { defineLoss } from "./definition.ts";

/** `max(max((1 - t) * p) - sum(t * p) + 1, 0)` */
export const categoricalHinge = defineLoss({
  identifier: "categorical_hinge",
  className: "CategoricalHinge",
  doc: "What lacks for the output of the right class to be above all others with a margin of 1.",
  targets: "same",
  outputs: "numbers of classes",
  parameters: [reduction],
  values(compared) {
    const { graph, target, prediction } = compared;
    const right = sumAlong(compared, mul(t, p));
    const axes = prediction.shape.slice(-1).map(() => prediction.shape.length - 1);
    const others = graph.map({ t: target, p: prediction }, mul(sub(constant(1), t), p));
    const wrong = graph.reduce({ p: others }, p, { combine: "max", axes });
    const lacking = add(sub(local("wrong"), local("right")), constant(1));
    return graph.map({ right, wrong }, max(lacking, constant(0)));
  },
});
