import { add, constant, div, expm1, max, min, mul, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";
import { elu } from "./elu.ts";

/**
 * Continuously differentiable exponential linear unit (Barron, 2017). Written as Keras writes it, so that a negative
 * `alpha` and -0 give what they give there.
 */
export const celu = defineActivation({
  kind: "elementwise",
  name: "celu",
  doc: "Continuously differentiable ELU: negative values level off at `-alpha`, without a kink at zero.",
  parameters: [
    {
      name: "alpha",
      type: "number",
      default: 1,
      nonZero: true,
      doc: "Where negative values level off, at `-alpha`; not 0.",
    },
  ],
  sameAs: ({ alpha }) => (alpha === 1 ? { kind: "activation", definition: elu, args: { alpha } } : undefined),
  formula: ({ alpha }) => {
    const below = alpha === 1 ? "exp(min(x, 0)) - 1" : `${alpha} * (exp(min(x, 0) / ${alpha}) - 1)`;
    return `max(x, 0) + ${below}`;
  },
  body: ({ alpha }) => {
    const negative = min(x, constant(0));
    const scale = constant(alpha);
    const below = alpha === 1 ? expm1(negative) : mul(scale, expm1(div(negative, scale)));
    return add(max(x, constant(0)), below);
  },
  smooth: true,
});
