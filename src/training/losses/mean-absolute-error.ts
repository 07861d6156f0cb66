import { reduction } from "./parameters.ts";
import { abs, sub } from "../../ir/scalar.ts";
import { meanAlong, p, t } from "../compared.ts";
import { defineLoss } from "./definition.ts";

/** `mean(|t - p|)` */
export const meanAbsoluteError = defineLoss({
  identifier: "mean_absolute_error",
  className: "MeanAbsoluteError",
  aliases: ["mae", "MAE"],
  doc: "The mean of the absolute errors: for numbers, with outliers.",
  targets: "same",
  parameters: [reduction],
  values: (compared) => meanAlong(compared, abs(sub(t, p))),
});
