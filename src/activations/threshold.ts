import { constant, select, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";
import { relu } from "./relu.ts";

/**
 * `default_value` where `x` is not above `threshold`. NaN stays NaN, as in Keras on PyTorch. Both arguments must be given:
 * Keras takes the bare name and fails when it calls the function.
 */
export const threshold = defineActivation({
  kind: "elementwise",
  name: "threshold",
  doc: "Lets values above a threshold through; the others become a fixed value.",
  parameters: [
    { name: "threshold", type: "number", doc: "Values above this pass." },
    { name: "default_value", type: "number", doc: "What the other values become." },
  ],
  sameAs: ({ threshold: least, default_value: otherwise }) =>
    otherwise === 0
      ? { kind: "activation", definition: relu, args: { negative_slope: 0, max_value: null, threshold: least } }
      : undefined,
  formula: (args) => `x > ${args.threshold} ? x : ${args.default_value}`,
  body: (args) => select(x, "le", constant(args.threshold), constant(args.default_value), x),
});
