import { relu as reluActivation } from "../activations/relu.ts";
import { activationLayer } from "./activation-layer.ts";
import { optional } from "./arguments/basic.ts";
import { nonNegativeNumber } from "./arguments/numbers.ts";

/** The activation `relu` as a layer, with its own order of arguments and none of them negative. No weights. */
export const relu = activationLayer(
  "ReLU",
  "Rectified linear unit: values up to a threshold become zero, or a part of themselves.",
  [
    {
      name: "max_value",
      type: optional(nonNegativeNumber),
      default: null,
      doc: "The largest value that it gives; `none`: there is no limit.",
    },
    {
      name: "negative_slope",
      type: nonNegativeNumber,
      default: 0,
      doc: "What values below the threshold are multiplied by, counted from the threshold.",
    },
    { name: "threshold", type: nonNegativeNumber, default: 0, doc: "The value up to which `x` counts as off." },
  ],
  (args) => ({ kind: "activation", definition: reluActivation, args }),
);
