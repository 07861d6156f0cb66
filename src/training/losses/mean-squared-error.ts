import { reduction } from "./parameters.ts";
import { mul, sub } from "../../ir/scalar.ts";
import { meanAlong, p, t } from "../compared.ts";
import { defineLoss } from "./definition.ts";

/** `mean((t - p) ** 2)` */
export const meanSquaredError = defineLoss({
  identifier: "mean_squared_error",
  className: "MeanSquaredError",
  aliases: ["mse", "MSE"],
  doc: "The mean of the squared errors: for numbers.",
  targets: "same",
  parameters: [reduction],
  values(compared) {
    const error = sub(t, p);
    return meanAlong(compared, mul(error, error));
  },
});
