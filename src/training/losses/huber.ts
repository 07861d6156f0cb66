import { positiveNumber } from "../../layers/arguments/numbers.ts";
import { reduction } from "./parameters.ts";
import { abs, constant, mul, select, sub } from "../../ir/scalar.ts";
import { meanAlong, p, t } from "../compared.ts";
import { defineLoss } from "./definition.ts";

/** The mean of `0.5 * e ** 2` for errors up to delta, of `delta * |e| - 0.5 * delta ** 2` beyond. */
export const huber = defineLoss({
  identifier: "huber",
  className: "Huber",
  doc: "Squared for small errors, straight for large ones: for numbers, with outliers.",
  targets: "same",
  parameters: [{ name: "delta", type: positiveNumber, default: 1, doc: "Where the straight part begins." }, reduction],
  values(compared, { delta }) {
    const error = sub(p, t);
    const size = abs(error);
    const small = mul(constant(0.5), mul(error, error));
    const large = sub(mul(constant(delta), size), constant(0.5 * delta * delta));
    return meanAlong(compared, select(size, "le", constant(delta), small, large));
  },
});
