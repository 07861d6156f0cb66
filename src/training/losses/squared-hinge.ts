import { reduction } from "./parameters.ts";
import { constant, max, mul, sub } from "../../ir/scalar.ts";
import { meanAlong, p, t } from "../compared.ts";
import { hingeTargets } from "./hinge-targets.ts";
import { defineLoss } from "./definition.ts";

/** `mean(max(1 - t * p, 0) ** 2)` */
export const squaredHinge = defineLoss({
  identifier: "squared_hinge",
  className: "SquaredHinge",
  doc: "The square of the hinge loss.",
  targets: "same",
  outputs: "margins",
  parameters: [reduction],
  values(compared) {
    const lacking = max(sub(constant(1), mul(t, p)), constant(0));
    return meanAlong({ ...compared, target: hingeTargets(compared) }, mul(lacking, lacking));
  },
});
