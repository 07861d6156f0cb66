import { counted } from "../diagnostics/counted.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { elementCount, formatShape, shapeDims, type Shape } from "../ir/shape.ts";
import {
  dimSize,
  divideSizes,
  formatSize,
  isStatic,
  multiplySizes,
  one,
  sizesEqual,
  staticSize,
  type Size,
} from "../ir/size.ts";
import { targetShape } from "./arguments/target-shape.ts";
import { defineLayer } from "./define-layer.ts";
import type { LayerSite, Rejected } from "./definition.ts";
import { rejected } from "./rejected.ts";

export const reshapeSize = defineDiagnostic(
  "reshape-size",
  "error",
  "Reshape would change the number of elements.",
  (at: { title: string; input: Shape; target: string; elements: Size; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} can't turn ${formatShape(at.input)} into ${at.target}: the one has ${countedElements(at.input)}, the other ${formatSize(at.elements)}`,
    related: at.related,
  }),
  () => ({
    meaning: "Reshape puts the same values into other axes, so the product of the axes stays the same.",
    example: {
      kind: "source",
      source: "model M { input [6] Reshape([4, 2]) }",
      mended: "model M { input [6] Reshape([3, 2]) }",
    },
  }),
);

export const reshapeIndivisible = defineDiagnostic(
  "reshape-indivisible",
  "error",
  "The axis -1 of a Reshape would not be a whole number.",
  (at: { title: string; input: Shape; target: string; elements: Size; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} can't turn ${formatShape(at.input)} into ${at.target}: ${countedElements(at.input)} can't be divided by ${formatSize(at.elements)}`,
    related: at.related,
  }),
  () => ({
    meaning: "The axis -1 takes what the other axes leave, so their product must divide the number of elements.",
    example: {
      kind: "source",
      source: "model M { input [6] Reshape([4, -1]) }",
      mended: "model M { input [6] Reshape([3, -1]) }",
    },
  }),
);

export const reshapeUnknownDim = defineDiagnostic(
  "reshape-unknown-dim",
  "error",
  "Reshape names a run-time dim its input does not have.",
  (at: { title: string; dim: string; input: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} names the dim '${at.dim}', which its input ${formatShape(at.input)} does not have`,
    related: at.related,
  }),
  () => ({
    meaning: "Reshape can pass on a dim that its input has. Another one has no size that could come from the input.",
    example: {
      kind: "source",
      source: "dim time model M { input [6] Reshape([time, 6]) }",
      mended: "dim time model M { input [time, 6] Reshape([time, 3, 2]) }",
    },
  }),
);

/**
 * The same elements, in row-major order, under another shape. One axis may be -1: what is left of the input's elements.
 * No weights.
 */
export const reshape = defineLayer({
  className: "Reshape",
  doc: "Gives the same values, in row-major order, other axes.",
  parameters: [
    {
      name: "target_shape",
      type: targetShape,
      doc: "The axes of the output; one may be `-1` and takes what the others leave.",
    },
  ],
  meaning: (config) => ({ kind: "reshape", target: config.target_shape }),
  build({ config, input, site }) {
    const resolved = resolveTarget(config.target_shape, input, site);
    if (resolved.kind === "rejected") return resolved;
    return { kind: "built", outputShape: resolved.shape, weights: [] };
  },
  lower: ({ input, outputShape, graph }) => graph.reshape(input, outputShape),
});

function resolveTarget(
  target: readonly (number | string)[],
  input: Shape,
  site: LayerSite,
): { readonly kind: "shape"; readonly shape: Shape } | Rejected {
  const { title, related } = site;
  const span = site.argument("target_shape");
  const elements = elementCount(input);
  const dims = new Set(shapeDims(input));
  const stranger = target.find((axis) => typeof axis === "string" && !dims.has(axis));
  if (stranger !== undefined) {
    return rejected(reshapeUnknownDim(span, { title, dim: String(stranger), input, related }));
  }
  const sizes = target.filter((axis) => axis !== -1).map(axisSize);
  const known = sizes.reduce(multiplySizes, one);
  const details = { title, input, target: `[${target.join(", ")}]`, elements: known, related };
  if (!target.includes(-1)) {
    if (!sizesEqual(known, elements)) return rejected(reshapeSize(span, details));
    return { kind: "shape", shape: sizes };
  }
  const rest = divideSizes(elements, known);
  if (rest === undefined) return rejected(reshapeIndivisible(span, details));
  return { kind: "shape", shape: target.map((axis) => (axis === -1 ? rest : axisSize(axis))) };
}

/** `1 element`, `4*time elements` */
function countedElements(shape: Shape): string {
  const size = elementCount(shape);
  return isStatic(size) ? counted(size.factor, "element") : `${formatSize(size)} elements`;
}

function axisSize(axis: number | string): Size {
  return typeof axis === "string" ? dimSize(axis) : staticSize(axis);
}
