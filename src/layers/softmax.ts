import { integer } from "./arguments/numbers.ts";
import { resolveAxis } from "./axis.ts";
import type { LayerDefinition } from "./definition.ts";
import { warnOfOne } from "./softmax-of-one.ts";

/** `exp(x) / sum(exp(x))` along one axis, counted with the batch axis as in Keras: the shape stays. No weights. */
export const softmax: LayerDefinition = {
  className: "Softmax",
  parameters: [{ name: "axis", type: integer, default: -1 }],
  keepsShape: true,
  build({ config, input, site }) {
    const { title, related } = site;
    const axis = resolveAxis(config["axis"] as number, input, { title, span: site.argument("axis"), related });
    if (typeof axis !== "number") return { kind: "rejected", diagnostic: axis };
    return { kind: "built", outputShape: input, weights: [], warnings: warnOfOne(axis, input, "axis", site) };
  },
  lower({ config, input, graph }) {
    const axis = config["axis"] as number;
    return graph.softmax(input, axis < 0 ? axis + input.shape.length : axis - 1);
  },
};
