import { boolean } from "../../layers/arguments/basic.ts";
import { numberBetween } from "../../layers/arguments/numbers.ts";
import { fromLogits, gamma, labelSmoothing, lossAxis, reduction } from "./parameters.ts";
import { add, constant, div, exp, mul, neg, sub } from "../../ir/scalar.ts";
import { meanAlong, p, shapeAxis, smoothed } from "../compared.ts";
import { raised } from "../raised.ts";
import { binaryEntropy, probability } from "./cross-entropy.ts";
import { defineLoss } from "./definition.ts";

const one = constant(1);

/** Binary cross-entropy times `(1 - p) ** gamma`, where `p` is the probability of what is right. */
export const binaryFocalCrossentropy = defineLoss({
  identifier: "binary_focal_crossentropy",
  className: "BinaryFocalCrossentropy",
  doc: "Binary cross-entropy in which what is nearly right counts less.",
  targets: "same",
  outputs: "probabilities",
  parameters: [
    {
      name: "apply_class_balancing",
      type: boolean,
      default: false,
      doc: "Whether targets of 1 count `alpha` times and those of 0 `1 - alpha` times.",
    },
    {
      name: "alpha",
      type: numberBetween(0, 1),
      default: 0.25,
      doc: "How much targets of 1 count, with `apply_class_balancing`.",
    },
    gamma,
    fromLogits,
    labelSmoothing,
    lossAxis,
    reduction,
  ],
  values(compared, config) {
    const { graph, prediction } = compared;
    const { apply_class_balancing: balances, alpha, axis } = config;
    const sigmoid = div(one, add(one, exp(neg(p))));
    const output = config.from_logits ? graph.map({ p: prediction }, sigmoid) : prediction;
    const target = smoothed(config.label_smoothing, 0.5);
    const wrong = sub(one, target);
    // How far the probability of what is right is from 1.
    const lacking = sub(one, add(mul(target, p), mul(wrong, sub(one, p))));
    const focal = mul(raised(lacking, config.gamma), binaryEntropy(target, probability(p)));
    const balance = add(mul(target, constant(alpha)), mul(wrong, constant(1 - alpha)));
    const term = balances ? mul(balance, focal) : focal;
    return meanAlong({ ...compared, prediction: output }, term, shapeAxis(axis, compared));
  },
});
