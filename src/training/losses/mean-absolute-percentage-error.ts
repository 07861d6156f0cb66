import { reduction } from "./parameters.ts";
import { abs, constant, div, max, mul, sub } from "../../ir/scalar.ts";
import { epsilon, meanAlong, p, t } from "../compared.ts";
import { defineLoss } from "./definition.ts";

/** `100 * mean(|(t - p) / max(|t|, 1e-7)|)` */
export const meanAbsolutePercentageError = defineLoss({
  identifier: "mean_absolute_percentage_error",
  className: "MeanAbsolutePercentageError",
  aliases: ["mape", "MAPE"],
  doc: "The mean of the absolute errors in percent of the targets.",
  targets: "same",
  parameters: [reduction],
  values(compared) {
    const share = abs(div(sub(t, p), max(abs(t), epsilon)));
    return meanAlong(compared, mul(constant(100), share));
  },
});
