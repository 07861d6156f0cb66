import { reduction } from "./parameters.ts";
import { add, constant, log, max, mul, type Scalar, sub } from "../../ir/scalar.ts";
import { epsilon, meanAlong, p, t } from "../compared.ts";
import { defineLoss } from "./definition.ts";

/** `mean((log(max(p, 1e-7) + 1) - log(max(t, 1e-7) + 1)) ** 2)` */
export const meanSquaredLogarithmicError = defineLoss({
  identifier: "mean_squared_logarithmic_error",
  className: "MeanSquaredLogarithmicError",
  aliases: ["msle", "MSLE"],
  doc: "The mean of the squared differences of the logarithms of what is one above outputs and targets.",
  targets: "same",
  parameters: [reduction],
  values(compared) {
    const logarithm = (value: Scalar): Scalar => log(add(max(value, epsilon), constant(1)));
    const error = sub(logarithm(p), logarithm(t));
    return meanAlong(compared, mul(error, error));
  },
});
