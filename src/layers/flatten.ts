import { elementCount } from "../ir/shape.ts";
import { dataFormatParameter } from "./data-format.ts";
import { defineLayer } from "./define-layer.ts";
import { permuteAxes } from "./permute.ts";

/**
 * All axes as one, in row-major order; a single number becomes `[1]`. With `data_format=channels_first` the first axis is
 * moved behind the others before. No weights.
 */
export const flatten = defineLayer({
  className: "Flatten",
  doc: "Puts all axes into one, in row-major order.",
  parameters: [
    {
      ...dataFormatParameter,
      doc: "Where the input has its channels: `channels_last`, which `none` stands for, or `channels_first`; then their axis is moved to the end before.",
    },
  ],
  meaning: (config) => (config.data_format === "channels_first" ? { kind: "own" } : { kind: "reshape", target: [-1] }),
  build: ({ input }) => ({ kind: "built", outputShape: [elementCount(input)], weights: [] }),
  lower({ config, input, outputShape, graph }) {
    const axes = input.shape.map((_, axis) => axis);
    const moved =
      config.data_format === "channels_first" && axes.length > 1
        ? permuteAxes(graph, input, [...axes.slice(1), 0])
        : input;
    return graph.reshape(moved, outputShape);
  },
});
