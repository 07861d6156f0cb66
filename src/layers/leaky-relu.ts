import { leakyRelu as leakyReluActivation } from "../activations/leaky-relu.ts";
import { activationLayer } from "./activation-layer.ts";
import { nonNegativeNumber } from "./arguments/numbers.ts";

/** The activation `leaky_relu` as a layer, with a default slope of its own and no negative one. No weights. */
export const leakyRelu = activationLayer(
  "LeakyReLU",
  "A `relu` that lets a part of negative values through.",
  [
    {
      name: "negative_slope",
      type: nonNegativeNumber,
      default: 0.3,
      formerName: "alpha",
      doc: "What negative values are multiplied by.",
    },
  ],
  (args) => ({ kind: "activation", definition: leakyReluActivation, args }),
);
