import { div, exp, local, sub, x } from "../ir/scalar.ts";
import { acceptedAxes, axisOrAxes, resolveAxes } from "./axis.ts";
import type { LayerDefinition } from "./definition.ts";
import { warnOfOne } from "./softmax-of-one.ts";

/** `exp(x) / sum(exp(x))` along an axis or several, counted with the batch axis as in Keras: the shape stays. No weights. */
export const softmax: LayerDefinition = {
  className: "Softmax",
  parameters: [{ name: "axis", type: axisOrAxes, default: -1 }],
  keepsShape: true,
  build({ config, input, site }) {
    const axes = resolveAxes(config["axis"] as number | readonly number[], input, site);
    if ("code" in axes) return { kind: "rejected", diagnostic: axes };
    const [axis] = axes;
    const warnings = axis !== undefined && axes.length === 1 ? warnOfOne(axis, input, "axis", site) : [];
    return { kind: "built", outputShape: input, weights: [], warnings };
  },
  lower({ config, input, graph }) {
    const axes = acceptedAxes(config["axis"] as number | readonly number[], input.shape.length);
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
        formulas: ["exp(x) / sum(exp(x))"],
      },
      input.shape,
    );
  },
};
