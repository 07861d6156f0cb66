import { constant, expm1, mul, select, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** Exponential linear unit (Clevert et al., 2015). `expm1` keeps full precision near zero. */
export const elu = defineActivation({
  kind: "elementwise",
  name: "elu",
  doc: "Exponential linear unit: negative values level off smoothly at `-alpha`.",
  parameters: [{ name: "alpha", type: "number", default: 1, doc: "Where negative values level off, at `-alpha`." }],
  formula: ({ alpha }) => `x > 0 ? x : ${alpha === 1 ? "" : `${alpha} * `}(exp(x) - 1)`,
  body: ({ alpha }) => {
    const below = alpha === 1 ? expm1(x) : mul(constant(alpha), expm1(x));
    return select(x, "gt", constant(0), x, below);
  },
});
