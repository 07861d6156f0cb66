import { add, constant, div, local, mul, sqrt, x } from "../ir/scalar.ts";
import { nonNegativeNumber } from "./arguments/numbers.ts";
import { acceptedAxes, axesParameter, broadcastStrides, resolveKnownAxes } from "./axis.ts";
import { defineLayer } from "./define-layer.ts";

/**
 * RMS normalization (Zhang & Sennrich, 2019) over one or more axes: `x / sqrt(mean(x^2) + epsilon) * scale`. Weight: scale,
 * with the shape of those axes.
 */
export const rmsNormalization = defineLayer({
  className: "RMSNormalization",
  doc: "Divides the values along its axes by their root mean square, then scales them.",
  parameters: [
    {
      ...axesParameter,
      doc: "The axis or axes whose values are normalised together. They count as in Keras: 1 is the first of the shape, -1 the last.",
    },
    {
      name: "epsilon",
      type: nonNegativeNumber,
      default: 1e-6,
      doc: "Added to the mean of the squares, so that nothing is divided by zero.",
    },
  ],
  formula,
  keepsShape: true,
  build({ config, input, site }) {
    const resolved = resolveKnownAxes(config.axis, input, site);
    if (resolved.kind === "rejected") return resolved;
    return {
      kind: "built",
      outputShape: input,
      weights: [{ name: "scale", shape: resolved.shape, trainable: true }],
    };
  },
  lower({ config, input, graph, weight }) {
    const rank = input.shape.length;
    const axes = acceptedAxes(config.axis, rank);
    const scale = weight("scale");
    const epsilon = config.epsilon;
    return graph.reduceMap(
      input,
      {
        view: input.shape,
        axes,
        steps: [
          { kind: "reduce", name: "meanSquare", combine: "mean", term: mul(x, x) },
          { kind: "let", name: "inverse", value: div(constant(1), sqrt(add(local("meanSquare"), constant(epsilon)))) },
        ],
        result: {
          kind: "map",
          weights: [{ name: "scale", weight: scale, strides: broadcastStrides(rank, axes, scale.shape) }],
          body: mul(mul(x, local("inverse")), local("scale")),
        },
        formulas: [formula(config)],
      },
      input.shape,
    );
  },
});

function formula({ epsilon }: { readonly epsilon: number }): string {
  return `x / sqrt(mean(x^2) + ${epsilon}) * scale`;
}
