import { abs, constant, select, x } from "../ir/scalar.ts";
import type { ElementwiseActivation } from "./definition.ts";

/** Sets what lies within `threshold` of zero to zero. NaN stays NaN, as in Keras on PyTorch. */
export const hardShrink: ElementwiseActivation = {
  kind: "elementwise",
  name: "hard_shrink",
  parameters: [{ name: "threshold", type: "number", default: 0.5 }],
  formula: ({ threshold }) => `|x| > ${threshold} ? x : 0`,
  body: ({ threshold }) => select(abs(x), "le", constant(threshold as number), constant(0), x),
};
