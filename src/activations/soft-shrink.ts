import { add, constant, select, sub, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** Moves every value towards zero by `threshold`, and to zero what lies closer. NaN becomes 0, as in Keras. */
export const softShrink = defineActivation({
  kind: "elementwise",
  name: "soft_shrink",
  doc: "Moves values towards zero by a threshold; those closer to zero become zero.",
  parameters: [{ name: "threshold", type: "number", default: 0.5, doc: "How far values are moved towards zero." }],
  formula({ threshold }) {
    const [above, below] = threshold < 0 ? ["+", "-"] : ["-", "+"];
    const amount = Math.abs(threshold);
    return `x > ${threshold} ? x ${above} ${amount} : x < ${-threshold} ? x ${below} ${amount} : 0`;
  },
  body({ threshold }) {
    const shrunk = constant(threshold);
    const below = select(x, "lt", constant(-threshold), add(x, shrunk), constant(0));
    return select(x, "gt", shrunk, sub(x, shrunk), below);
  },
});
