import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { elementCount, formatShape, type Shape } from "../ir/shape.ts";
import { optional } from "./arguments/basic.ts";
import { oneOf } from "./arguments/keyword.ts";
import type { LayerDefinition } from "./definition.ts";

export const flattenChannelsFirst = defineDiagnostic(
  "flatten-channels-first",
  "error",
  "Flatten is asked to move the first axis behind the others, which is not supported.",
  (at: { title: string; input: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} with data_format=channels_first would move the first axis of ${formatShape(at.input)} last, which is not supported`,
    help: "leave data_format out if the values already come channels last",
    related: at.related,
  }),
);

/** All axes as one, in row-major order; a single number becomes `[1]`. No weights. */
export const flatten: LayerDefinition = {
  className: "Flatten",
  parameters: [{ name: "data_format", type: optional(oneOf(["channels_last", "channels_first"])), default: null }],
  build({ config, input, site }) {
    // Keras transposes [channels, ...] to [..., channels] first; with one axis there is nothing to transpose.
    if (config["data_format"] === "channels_first" && input.length > 1) {
      const { title, related } = site;
      const span = site.argument("data_format");
      return { kind: "rejected", diagnostic: flattenChannelsFirst(span, { title, input, related }) };
    }
    return { kind: "built", outputShape: [elementCount(input)], weights: [] };
  },
  lower: ({ input, outputShape, graph }) => graph.reshape(input, outputShape),
};
