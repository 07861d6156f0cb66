import { reduction } from "./parameters.ts";
import { constant, max, mul, sub } from "../../ir/scalar.ts";
import { meanAlong, p, t } from "../compared.ts";
import { hingeTargets } from "./hinge-targets.ts";
import { defineLoss } from "./definition.ts";

/** `mean(max(1 - t * p, 0))` */
export const hinge = defineLoss({
  identifier: "hinge",
  className: "Hinge",
  doc: "For targets of -1 and 1 (0 is taken for -1): what lacks for the output to be on the right side with a margin of 1.",
  targets: "same",
  outputs: "margins",
  parameters: [reduction],
  values(compared) {
    const lacking = max(sub(constant(1), mul(t, p)), constant(0));
    return meanAlong({ ...compared, target: hingeTargets(compared) }, lacking);
  },
});
