import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import type { Tensor } from "../ir/graph.ts";
import type { GraphBuilder } from "../ir/graph-builder.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { isStatic, multiplySizes, one, type Size } from "../ir/size.ts";
import { listOf } from "./arguments/basic.ts";
import { integer } from "./arguments/numbers.ts";
import { defineLayer } from "./define-layer.ts";
import { rejected } from "./rejected.ts";

export const permuteDims = defineDiagnostic(
  "permute-dims",
  "error",
  "The dims of a Permute are no order of the input's axes.",
  (at: { title: string; dims: readonly number[]; input: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} needs each axis of ${formatShape(at.input)} once, found [${at.dims.join(", ")}]`,
    help:
      at.input.length === 0
        ? "the input is a single number and has no axis"
        : `the axes are ${at.input.map((_, axis) => axis + 1).join(", ")}; the batch axis is left out, as in Keras`,
    related: at.related,
  }),
  () => ({
    meaning:
      "Permute takes the axes in their new order, each once. They count from 1, since the batch axis stays where it is.",
    example: {
      kind: "source",
      source: "model M { input [2, 3] Permute([0, 1]) }",
      mended: "model M { input [2, 3] Permute([2, 1]) }",
    },
  }),
);

/** The axes in another order: axis `i` of the output is axis `dims[i]` of the input, counted from 1. No weights. */
export const permute = defineLayer({
  className: "Permute",
  doc: "Puts the axes into another order.",
  parameters: [
    {
      name: "dims",
      type: listOf(integer, "a list of axes"),
      doc: "The axes of the input in their new order, counted from 1: `[2, 1]` swaps two.",
    },
  ],
  build({ config, input, site }) {
    const { dims } = config;
    const sorted = [...dims].sort((a, b) => a - b);
    if (sorted.length !== input.length || sorted.some((axis, at) => axis !== at + 1)) {
      const { title, related } = site;
      return rejected(permuteDims(site.argument("dims"), { title, dims, input, related }));
    }
    return { kind: "built", outputShape: dims.map((axis) => input[axis - 1] as Size), weights: [] };
  },
  lower: ({ config, input, graph }) =>
    permuteAxes(
      graph,
      input,
      config.dims.map((axis) => axis - 1),
    ),
});

/** The axes of a tensor in another order, `order` counted from 0. */
export function permuteAxes(graph: GraphBuilder, input: Tensor, order: readonly number[]): Tensor {
  const strides: Size[] = [];
  let stride = one;
  for (const size of [...input.shape].reverse()) {
    strides.unshift(stride);
    stride = multiplySizes(stride, size);
  }
  const shape = order.map((axis) => input.shape[axis] as Size);
  // Axes of one element may go anywhere; if the others keep their order, nothing moves.
  const moving = order.filter((axis) => {
    const size = input.shape[axis] as Size;
    return !(isStatic(size) && size.factor === 1);
  });
  if (moving.every((axis, at) => at === 0 || axis > (moving[at - 1] as number))) return graph.reshape(input, shape);
  return graph.stridedCopy(
    input,
    shape,
    order.map((axis) => strides[axis] as Size),
  );
}
