import { relu as reluActivation } from "../activations/relu.ts";
import { activationLayer } from "./activation-layer.ts";
import { optional } from "./arguments/basic.ts";
import { nonNegativeNumber } from "./arguments/numbers.ts";

/** The activation `relu` as a layer, with its own order of arguments and none of them negative. No weights. */
export const relu = activationLayer(
  "ReLU",
  [
    { name: "max_value", type: optional(nonNegativeNumber), default: null },
    { name: "negative_slope", type: nonNegativeNumber, default: 0 },
    { name: "threshold", type: nonNegativeNumber, default: 0 },
  ],
  (args) => ({ kind: "activation", definition: reluActivation, args }),
);
