import { reduction } from "./parameters.ts";
import { add, log, mul, sub } from "../../ir/scalar.ts";
import { epsilon, meanAlong, p, t } from "../compared.ts";
import { defineLoss } from "./definition.ts";

/** `mean(p - t * log(p))` */
export const poisson = defineLoss({
  identifier: "poisson",
  className: "Poisson",
  doc: "For counts: the output is the expected one.",
  targets: "same",
  outputs: "counts",
  parameters: [reduction],
  values: (compared) => meanAlong(compared, sub(p, mul(t, log(add(p, epsilon))))),
});
