import { add, constant, local, mul, x } from "../ir/scalar.ts";
import { optional } from "./arguments/basic.ts";
import { integer, numberBelowOne } from "./arguments/numbers.ts";
import { identityLayer } from "./identity-layer.ts";

/** Multiplies by noise in training only: the forward function passes its input through. No weights. */
export const gaussianDropout = identityLayer(
  "GaussianDropout",
  "Multiplies its input by random numbers with the mean 1 in training; otherwise it passes its input through.",
  [
    {
      name: "rate",
      type: numberBelowOne,
      formerName: "p",
      doc: "How strong the noise is: its standard deviation is `sqrt(rate / (1 - rate))`.",
    },
    {
      name: "seed",
      type: optional(integer),
      default: null,
      doc: "The seed of the random numbers in training; `none`: others each time.",
    },
  ],
  ({ graph, input, config: { rate }, isTraining }) => {
    if (!isTraining || rate === 0) return input;
    const random = graph.random("normal", input.shape);
    const deviation = constant(Math.sqrt(rate / (1 - rate)));
    return graph.map({ x: input, random }, mul(x, add(constant(1), mul(deviation, local("random")))));
  },
);
