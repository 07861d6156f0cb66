import { boolean, optional } from "../../layers/arguments/basic.ts";
import type { LayerConfig } from "../../layers/definition.ts";
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
    type: nothing("a trainer computes in float32 or float64, where the loss needs no scale"),
    default: null,
    doc: "For training in half precision; only `none` can be written.",
  },
  {
    name: "gradient_accumulation_steps",
    type: nothing("a step takes its whole batch at once, however large that is"),
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

/** What an optimizer does beside its rule; what is left out is not done. */
export interface CommonUpdate {
  /** Before the rule: `w -= w * weightDecay * rate`, where the gradient is that of the weights before. */
  readonly weightDecay?: number;
  /** Of the gradients, before all else, one of three: `g * clipnorm / max(|g|, clipnorm)`, each weight by itself, */
  readonly clipnorm?: number;
  /** `min(max(g, -clipvalue), clipvalue)`, each element by itself, */
  readonly clipvalue?: number;
  /** or `g * globalClipnorm * min(1 / |all g|, 1 / globalClipnorm)`. */
  readonly globalClipnorm?: number;
  /**
   * After the rule, before the constraints: the averages, which begin as the weights after the first step, become
   * `momentum * average + (1 - momentum) * w`. Weights become their averages after each `overwriteFrequency` steps, and when
   * training ends.
   */
  readonly ema?: { readonly momentum: number; readonly overwriteFrequency?: number };
}

/** What the common arguments of an optimizer ask for. */
export function commonOf(config: LayerConfig): CommonUpdate {
  const given = (name: string): number | undefined => {
    const value = config[name];
    return typeof value === "number" && value > 0 ? value : undefined;
  };
  const overwriteFrequency = given("ema_overwrite_frequency");
  const entries = {
    weightDecay: given("weight_decay"),
    clipnorm: given("clipnorm"),
    clipvalue: given("clipvalue"),
    globalClipnorm: given("global_clipnorm"),
    ema:
      config["use_ema"] === true
        ? {
            momentum: config["ema_momentum"] as number,
            ...(overwriteFrequency === undefined ? {} : { overwriteFrequency }),
          }
        : undefined,
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}
