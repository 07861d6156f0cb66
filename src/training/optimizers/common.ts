import { boolean, optional } from "../../layers/arguments/basic.ts";
import { nothing } from "../../layers/arguments/nothing.ts";
import { nonNegativeNumber, numberBetween, positiveInteger } from "../../layers/arguments/numbers.ts";

/** The arguments that all optimizers have behind their own, but for `weight_decay`. */
export const clippingParameters = [
  {
    name: "clipnorm",
    type: optional(nonNegativeNumber),
    default: null,
    doc: "The largest length of the gradient of one weight; a longer one is scaled down to it. `none` or 0: any.",
  },
  {
    name: "clipvalue",
    type: optional(nonNegativeNumber),
    default: null,
    doc: "The largest size of an element of a gradient; a larger one is cut off there. `none` or 0: any.",
  },
  {
    name: "global_clipnorm",
    type: optional(nonNegativeNumber),
    default: null,
    doc: "The largest length of all gradients together; where they are longer, all are scaled down. `none` or 0: any.",
  },
  {
    name: "use_ema",
    type: boolean,
    default: false,
    doc: "Whether the optimizer keeps a moving average of each weight, which training ends with.",
  },
  {
    name: "ema_momentum",
    type: numberBetween(0, 1),
    default: 0.99,
    doc: "The share of the moving average that each step keeps.",
  },
  {
    name: "ema_overwrite_frequency",
    type: optional(positiveInteger),
    default: null,
    doc: "After so many steps each the weights become their moving averages; `none`: only when training ends.",
  },
  {
    name: "loss_scale_factor",
    type: nothing,
    default: null,
    doc: "For training in half precision; only `none` can be written.",
  },
  {
    name: "gradient_accumulation_steps",
    type: nothing,
    default: null,
    doc: "For gradients of several batches at once; only `none` can be written.",
  },
] as const;

/** The arguments that most optimizers have behind their own. */
export const commonParameters = [
  {
    name: "weight_decay",
    type: optional(nonNegativeNumber),
    default: null,
    doc: "Each step takes this share of a weight, times the learning rate, away from it first; `none`: nothing.",
  },
  ...clippingParameters,
] as const;
