import { constant, max, min, mul, select, sub, x, type Scalar } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/**
 * Rectified linear unit with Keras' three refinements:
 * `x > threshold ? clip(x, 0, max_value) : negative_slope * (x - threshold)`.
 */
export const relu = defineActivation({
  kind: "elementwise",
  name: "relu",
  doc: "Rectified linear unit: negative values become zero.",
  parameters: [
    {
      name: "negative_slope",
      type: "number",
      default: 0,
      doc: "What values below the threshold are multiplied by, counted from the threshold.",
    },
    {
      name: "max_value",
      type: "number",
      optional: true,
      default: null,
      minimum: 0,
      doc: "The largest value that it gives; `none`: there is no limit.",
    },
    { name: "threshold", type: "number", default: 0, doc: "The value up to which `x` counts as off." },
  ],
  formula({ negative_slope: slope, max_value: maximum, threshold }) {
    if (slope === 0 && threshold === 0) return maximum === null ? "max(x, 0)" : `min(max(x, 0), ${maximum})`;
    const above = maximum === null ? "x" : `clip(x, 0, ${maximum})`;
    const below = slope === 0 ? "0" : `${slope} * ${threshold === 0 ? "x" : `(x - ${threshold})`}`;
    return `x > ${threshold} ? ${above} : ${below}`;
  },
  body({ negative_slope: slope, max_value: maximum, threshold }) {
    if (slope === 0 && threshold === 0) return clipAbove(max(x, constant(0)), maximum);
    // With a maximum Keras clips to [0, maximum], which also matters where a negative threshold lets x < 0 through.
    const above = maximum === null ? x : clipAbove(max(x, constant(0)), maximum);
    const shifted = threshold === 0 ? x : sub(x, constant(threshold));
    const below = slope === 0 ? constant(0) : mul(constant(slope), shifted);
    // NaN takes the lower branch: it stays NaN there unless the slope is 0, as in Keras.
    return select(x, "gt", constant(threshold), above, below);
  },
});

function clipAbove(value: Scalar, maximum: number | null): Scalar {
  return maximum === null ? value : min(value, constant(maximum));
}
