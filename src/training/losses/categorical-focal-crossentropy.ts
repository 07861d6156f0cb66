import { listOf, listOr } from "../../layers/arguments/basic.ts";
import { number } from "../../layers/arguments/numbers.ts";
import { fromLogits, gamma, labelSmoothing, lossAxis, reduction } from "./parameters.ts";
import { constant, div, local, log, mul, neg, sub } from "../../ir/scalar.ts";
import { p, shapeAxis } from "../compared.ts";
import { raised } from "../raised.ts";
import { probability, smoothedClasses } from "./cross-entropy.ts";
import { defineLoss } from "./definition.ts";

/** `-sum(alpha * (1 - p) ** gamma * t * log(p))` */
export const categoricalFocalCrossentropy = defineLoss({
  identifier: "categorical_focal_crossentropy",
  className: "CategoricalFocalCrossentropy",
  doc: "Categorical cross-entropy in which what is nearly right counts less.",
  targets: "same",
  outputs: "probabilities of classes",
  parameters: [
    {
      name: "alpha",
      type: listOr(listOf(number, "a list of numbers"), number),
      default: 0.25,
      doc: "How much every class counts, or each, as a list.",
    },
    gamma,
    fromLogits,
    labelSmoothing,
    lossAxis,
    reduction,
  ],
  countsPlaces: ({ alpha, label_smoothing: smoothing }) => typeof alpha !== "number" || smoothing > 0,
  values(compared, config) {
    const { graph, target, prediction } = compared;
    const axis = shapeAxis(config.axis, compared);
    const along = { combine: "sum", axes: [axis] } as const;
    const output = config.from_logits ? graph.softmax(prediction, axis) : prediction;
    const total = graph.reduce({ p: output }, p, { ...along, keep: true });
    const share = probability(div(p, local("total")));
    const entropy = mul(neg(smoothedClasses(compared, config)), log(share));
    const { alpha } = config;
    const [weights, weight] =
      typeof alpha === "number"
        ? [{}, constant(alpha)]
        : [{ alpha: graph.numbers([alpha.length], alpha) }, local("alpha")];
    const term = mul(mul(raised(sub(constant(1), share), config.gamma), weight), entropy);
    return graph.reduce({ t: target, p: output, total, ...weights }, term, along);
  },
});
