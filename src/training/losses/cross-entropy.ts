import type { Tensor } from "../../ir/graph.ts";
import { add, constant, div, exp, local, log, log1p, mul, neg, select, sub, type Scalar } from "../../ir/scalar.ts";
import { isStatic } from "../../ir/size.ts";
import { p, shapeAxis, smoothed, t, type Compared } from "../compared.ts";
import { held } from "../held.ts";

const one = constant(1);
const zero = constant(0);

/** A probability, kept off 0 and 1 by Keras' epsilon. */
export function probability(value: Scalar): Scalar {
  return held(value, 1e-7, 1 - 1e-7);
}

/** `-(t * log(p) + (1 - t) * log(1 - p))` */
export function binaryEntropy(target: Scalar, output: Scalar): Scalar {
  return neg(add(mul(target, log(output)), mul(sub(one, target), log(sub(one, output)))));
}

/** The same of the number whose sigmoid is the probability: `log(1 + exp(p)) - t * p`, by whichever exponential is at most 1. */
export function binaryEntropyOfLogits(target: Scalar): Scalar {
  const positive = add(mul(sub(one, target), p), log1p(exp(neg(p))));
  const negative = sub(log1p(exp(p)), mul(target, p));
  return select(p, "ge", zero, positive, negative);
}

interface CategoricalConfig {
  readonly from_logits: boolean;
  readonly label_smoothing: number;
  readonly axis: number;
}

/**
 * `-sum(t * log(p))` along an axis, where the probabilities are made to sum to 1 first, or of the logits by softmax. Of targets
 * that have a 1 at one class no logarithm is needed but that class's.
 */
export function categoricalEntropy(compared: Compared, config: CategoricalConfig, targets?: "one-hot"): Tensor {
  const { graph, target, prediction } = compared;
  const ofTarget = (entropy: Scalar): Scalar =>
    targets === "one-hot" ? select(t, "gt", zero, entropy, zero) : mul(smooth, entropy);
  const axis = shapeAxis(config.axis, compared);
  const along = { combine: "sum", axes: [axis] } as const;
  const smooth = smoothedClasses(compared, config);
  if (!config.from_logits) {
    const total = graph.reduce({ p: prediction }, p, { ...along, keep: true });
    const term = ofTarget(log(probability(div(p, local("total")))));
    return negated(compared, graph.reduce({ t: target, p: prediction, total }, term, along));
  }
  // Whatever is subtracted, the value is the same, and so is its gradient.
  const top = graph.stopGradient(graph.reduce({ p: prediction }, p, { combine: "max", axes: [axis], keep: true }));
  const shifted = sub(p, local("top"));
  const total = graph.reduce({ p: prediction, top }, exp(shifted), { ...along, keep: true });
  const term = ofTarget(sub(log(local("total")), shifted));
  return graph.reduce({ t: target, p: prediction, top, total }, term, along);
}

/** Targets with a number for each class, drawn to equal chances. */
export function smoothedClasses(compared: Compared, config: Omit<CategoricalConfig, "from_logits">): Scalar {
  if (config.label_smoothing === 0) return t;
  const size = compared.prediction.shape[shapeAxis(config.axis, compared)];
  if (size === undefined || !isStatic(size)) throw new Error("labels are smoothed over a known number of classes");
  return smoothed(config.label_smoothing, 1 / size.factor);
}

function negated({ graph }: Compared, value: Tensor): Tensor {
  return graph.map({ value }, neg(local("value")));
}
