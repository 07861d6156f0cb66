import { constant, div, local, max, mul, sqrt, x } from "../ir/scalar.ts";
import { acceptedAxes, axisOrAxes, resolveAxes } from "./axis.ts";
import type { LayerDefinition } from "./definition.ts";

/** Keras' smallest square of a norm: a vector of zeros stays one. */
const smallest = 1e-24;

/** Divides by the Euclidean norm along one or more axes: `x / sqrt(max(sum(x^2), 1e-24))`. No weights. */
export const unitNormalization: LayerDefinition = {
  className: "UnitNormalization",
  parameters: [{ name: "axis", type: axisOrAxes, default: -1 }],
  keepsShape: true,
  build({ config, input, site }) {
    const axes = resolveAxes(config["axis"] as number | readonly number[], input, site);
    if ("code" in axes) return { kind: "rejected", diagnostic: axes };
    return { kind: "built", outputShape: input, weights: [] };
  },
  lower: ({ config, input, graph }) =>
    graph.reduceMap(
      input,
      {
        view: input.shape,
        axes: acceptedAxes(config["axis"] as number | readonly number[], input.shape.length),
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
};
