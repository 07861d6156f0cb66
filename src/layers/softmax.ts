import { softmax as softmaxActivation } from "../activations/softmax.ts";
import { div, exp, local, sub, x } from "../ir/scalar.ts";
import { acceptedAxes, axesParameter, resolveAxes } from "./axis.ts";
import { defineLayer } from "./define-layer.ts";
import { warnOfOne } from "./softmax-of-one.ts";

const formula = "exp(x) / sum(exp(x))";

/** `exp(x) / sum(exp(x))` along an axis or several, counted with the batch axis as in Keras: the shape stays. No weights. */
export const softmax = defineLayer({
  className: "Softmax",
  doc: "Turns the values along an axis into probabilities: positive, adding up to 1.",
  parameters: [
    {
      ...axesParameter,
      doc: "The axis or axes along which the values add up to 1. They count as in Keras: 1 is the first of the shape, -1 the last.",
    },
  ],
  formula: () => formula,
  keepsShape: true,
  meaning({ axis: axes }) {
    const [axis, ...more] = typeof axes === "number" ? [axes] : axes;
    if (axis === undefined || more.length > 0) return { kind: "own" };
    return { kind: "activation", activation: { kind: "activation", definition: softmaxActivation, args: { axis } } };
  },
  build({ config, input, site }) {
    const resolved = resolveAxes(config.axis, input, site);
    if (resolved.kind === "rejected") return resolved;
    const [axis] = resolved.axes;
    const warnings = axis !== undefined && resolved.axes.length === 1 ? warnOfOne(axis, input, "axis", site) : [];
    return { kind: "built", outputShape: input, weights: [], warnings };
  },
  lower({ config, input, graph }) {
    const axes = acceptedAxes(config.axis, input.shape.length);
    const [axis] = axes;
    if (axis !== undefined && axes.length === 1) return graph.softmax(input, axis);
    const exponential = exp(sub(x, local("maximum")));
    return graph.reduceMap(
      input,
      {
        view: input.shape,
        axes,
        steps: [
          { kind: "reduce", name: "maximum", combine: "max", term: x },
          { kind: "reduce", name: "total", combine: "sum", term: exponential },
        ],
        result: { kind: "map", weights: [], body: div(exponential, local("total")) },
        formulas: [formula],
      },
      input.shape,
    );
  },
});
