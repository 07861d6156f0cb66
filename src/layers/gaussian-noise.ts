import { add, constant, local, mul, x } from "../ir/scalar.ts";
import { optional } from "./arguments/basic.ts";
import { integer, numberBetween } from "./arguments/numbers.ts";
import { identityLayer } from "./identity-layer.ts";

/** Adds noise in training only: the forward function passes its input through. No weights. */
export const gaussianNoise = identityLayer(
  "GaussianNoise",
  "Adds random numbers with the mean 0 to its input in training; otherwise it passes its input through.",
  [
    {
      name: "stddev",
      type: numberBetween(0, 1),
      formerName: "sigma",
      doc: "The standard deviation of the random numbers.",
    },
    {
      name: "seed",
      type: optional(integer),
      default: null,
      doc: "The seed of the random numbers in training; `none`: others each time.",
    },
  ],
  ({ graph, input, config: { stddev }, isTraining }) => {
    if (!isTraining || stddev === 0) return input;
    const random = graph.random("normal", input.shape);
    return graph.map({ x: input, random }, add(x, mul(constant(stddev), local("random"))));
  },
);
