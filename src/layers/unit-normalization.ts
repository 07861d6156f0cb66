import { constant, div, local, max, mul, sqrt, x } from "../ir/scalar.ts";
import { acceptedAxes, axesParameter, resolveAxes } from "./axis.ts";
import { defineLayer } from "./define-layer.ts";

/** Keras' smallest square of a norm: a vector of zeros stays one. */
const smallest = 1e-24;

const formula = "x / sqrt(sum(x^2))";

/** Divides by the Euclidean norm along one or more axes: `x / sqrt(max(sum(x^2), 1e-24))`. No weights. */
export const unitNormalization = defineLayer({
  className: "UnitNormalization",
  doc: "Divides the values along its axes by their Euclidean length.",
  parameters: [
    {
      ...axesParameter,
      doc: "The axis or axes along which the length is measured. They count as in Keras: 1 is the first of the shape, -1 the last.",
    },
  ],
  formula: () => formula,
  keepsShape: true,
  build({ config, input, site }) {
    const resolved = resolveAxes(config.axis, input, site);
    if (resolved.kind === "rejected") return resolved;
    return { kind: "built", outputShape: input, weights: [] };
  },
  lower: ({ config, input, graph }) =>
    graph.reduceMap(
      input,
      {
        view: input.shape,
        axes: acceptedAxes(config.axis, input.shape.length),
        steps: [
          { kind: "reduce", name: "squares", combine: "sum", term: mul(x, x) },
          {
            kind: "let",
            name: "inverse",
            value: div(constant(1), sqrt(max(local("squares"), constant(smallest)))),
          },
        ],
        result: { kind: "map", weights: [], body: mul(x, local("inverse")) },
        formulas: [formula],
      },
      input.shape,
    ),
});
