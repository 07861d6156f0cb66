import { add, constant, local, mul, select, x } from "../ir/scalar.ts";
import { numberBelowOne } from "./arguments/numbers.ts";
import type { LayerDefinition } from "./definition.ts";
import { dropout } from "./dropout.ts";
import { maskNumbers, type NoiseShape } from "./random-mask.ts";

/** What `selu` has for very negative inputs, `-alpha * scale`. */
const lowest = -1.6732632423543772 * 1.0507009873554805;

/**
 * Dropout for `selu` networks: the same arguments, and in the forward function as little effect. Places that are dropped become
 * the lowest value of selu; a linear function then restores mean 0 and variance 1 (Klambauer and others, 2017).
 */
export const alphaDropout: LayerDefinition = {
  ...dropout,
  className: "AlphaDropout",
  doc: "A dropout that keeps mean and variance of its input, for networks with `selu`; it acts in training only.",
  // Where all is dropped, there is no variance to restore.
  parameters: dropout.parameters.map((parameter) =>
    parameter.name === "rate"
      ? { ...parameter, type: numberBelowOne, doc: "The share of values that are dropped, below 1." }
      : parameter,
  ),
  train({ graph, input, config, isTraining }) {
    const rate = config["rate"] as number;
    if (!isTraining || rate === 0) return input;
    const scale = ((1 - rate) * (1 + rate * lowest ** 2)) ** -0.5;
    const random = maskNumbers(graph, input.shape, config["noise_shape"] as NoiseShape);
    const kept = select(local("random"), "ge", constant(rate), x, constant(lowest));
    return graph.map({ x: input, random }, add(mul(constant(scale), kept), constant(-scale * lowest * rate)));
  },
};
