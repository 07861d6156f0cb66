import { abs, constant, select, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** Sets what lies within `threshold` of zero to zero. NaN stays NaN, as in Keras on PyTorch. */
export const hardShrink = defineActivation({
  kind: "elementwise",
  name: "hard_shrink",
  doc: "Sets values close to zero to zero.",
  parameters: [
    {
      name: "threshold",
      type: "number",
      default: 0.5,
      doc: "Values that are not farther than this from zero become zero.",
    },
  ],
  formula: ({ threshold }) => `|x| > ${threshold} ? x : 0`,
  body: ({ threshold }) => select(abs(x), "le", constant(threshold), constant(0), x),
});
