import { reduction } from "./parameters.ts";
import { add, constant, exp, log1p, mul, neg, select, sub } from "../../ir/scalar.ts";
import { meanAlong, p, t } from "../compared.ts";
import { defineLoss } from "./definition.ts";

/** `mean(log(cosh(p - t)))`, by `|e| + log(1 + exp(-2 * |e|)) - log(2)`, which does not overflow. */
export const logCosh = defineLoss({
  identifier: "log_cosh",
  className: "LogCosh",
  doc: "The logarithm of the hyperbolic cosine of the error: squared for small errors, straight for large ones.",
  targets: "same",
  parameters: [reduction],
  values(compared) {
    const error = sub(p, t);
    const twice = mul(constant(2), error);
    const positive = add(error, log1p(exp(neg(twice))));
    const negative = sub(log1p(exp(twice)), error);
    const value = select(error, "ge", constant(0), positive, negative);
    return meanAlong(compared, sub(value, constant(Math.LN2)));
  },
});
