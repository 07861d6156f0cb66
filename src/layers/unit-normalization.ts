import { constant, div, local, max, mul, sqrt, x } from "../ir/scalar.ts";
import { acceptedAxes, axesParameter, resolveAxes } from "./axis.ts";
import { defineLayer } from "./define-layer.ts";

/** Keras' smallest square of a norm: a vector of zeros stays one. */
const smallest = 1e-24;

/** Divides by the Euclidean norm along one or more axes: `x / sqrt(max(sum(x^2), 1e-24))`. No weights. */
export const unitNormalization = defineLayer({
  className: "UnitNormalization",
  parameters: [axesParameter],
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
        formulas: ["x / sqrt(sum(x^2))"],
      },
      input.shape,
    ),
});
