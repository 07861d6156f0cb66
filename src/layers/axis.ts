import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { formatSize, isStatic } from "../ir/size.ts";
import { listOf, listOr } from "./arguments/basic.ts";
import { integer } from "./arguments/numbers.ts";
import type { ConfigValue, LayerSite, Rejected } from "./definition.ts";
import { rejected } from "./rejected.ts";

export const axisOutOfRange = defineDiagnostic(
  "axis-out-of-range",
  "error",
  "An axis argument names the batch axis or one the input does not have.",
  (at: { title: string; axis: number; input: Shape; related: readonly RelatedPlace[] }) => {
    const rank = at.input.length;
    const range = rank === 1 ? "1 or -1" : `1 to ${rank} or -${rank} to -1`;
    return {
      message: `${at.title} works along axis ${at.axis}, which ${
        at.axis === 0 || at.axis === -rank - 1 ? "is the batch axis" : "does not exist"
      } for the input ${formatShape(at.input)}`,
      help:
        rank === 0
          ? "the input is a single number and has no axis"
          : isSize(at.axis, at.input)
            ? `the number of features follows from the input, so that ${at.axis} is left out; the axis is -1 by default`
            : `the batch axis is 0, as in Keras; expected ${range}`,
      related: at.related,
    };
  },
  () => ({
    meaning:
      "Axes count as in Keras: 0 is the batch axis, which shapes leave out and no layer can work along, 1 is the first of the shape, -1 the last.",
    example: {
      kind: "source",
      source: "model M { input [4] Softmax(axis=0) }",
      mended: "model M { input [4] Softmax(axis=1) }",
    },
  }),
);

/** Whether an axis that is none is the size of the last one, as PyTorch's layers take it. */
function isSize(axis: number, input: Shape): boolean {
  const last = input.at(-1);
  return axis > input.length && last !== undefined && isStatic(last) && last.factor === axis;
}

/**
 * Keras' axis (0 is the batch axis, negative ones count from the end) as an axis of a shape without the batch axis, or the
 * diagnostic that says why it is none.
 */
export function resolveAxis(
  axis: number,
  input: Shape,
  place: { readonly title: string; readonly span: Span; readonly related: readonly RelatedPlace[] },
): { readonly kind: "axis"; readonly axis: number } | Rejected {
  const rank = input.length;
  if (axis >= 1 && axis <= rank) return { kind: "axis", axis: axis - 1 };
  if (axis < 0 && axis >= -rank) return { kind: "axis", axis: axis + rank };
  return rejected(axisOutOfRange(place.span, { title: place.title, axis, input, related: place.related }));
}

export const axisRepeated = defineDiagnostic(
  "axis-repeated",
  "error",
  "A list of axes names one axis twice.",
  (at: { title: string; axis: number; input: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} names axis ${at.axis} of ${formatShape(at.input)} twice`,
    help: "negative axes count from the end: -1 is the last one",
    related: at.related,
  }),
  () => ({
    meaning:
      "Each axis of the list may come once. A negative axis counts from the end, so it may be one that is named already.",
    example: {
      kind: "source",
      source: "model M { input [2, 3] LayerNormalization(axis=[2, -1]) }",
      mended: "model M { input [2, 3] LayerNormalization(axis=[1, 2]) }",
    },
  }),
);

export const axisSizeUnknown = defineDiagnostic(
  "axis-size-unknown",
  "error",
  "An axis along which a layer has weights is a run-time dim.",
  (at: { title: string; axis: string; input: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} has a weight for each place of an axis that is known only at run time, '${at.axis}' of ${formatShape(at.input)}`,
    help: "choose axes that are numbers",
    related: at.related,
  }),
  () => ({
    meaning:
      "The layer has a trained number for each place of the axis, so it must know how many there are when it is compiled. A dim is known only at run time.",
    example: {
      kind: "source",
      source: "dim time model M { input [time, 3] BatchNormalization(axis=1) }",
      mended: "dim time model M { input [time, 3] BatchNormalization(axis=-1) }",
    },
  }),
);

/** An axis, or a list of some. */
export const axisOrAxes = listOr(listOf(integer, "a list of integers"), integer);

/** The parameter of layers that work along one axis. */
export const axisParameter = { name: "axis", type: integer, default: -1, normalize: axesFromFront } as const;

/** The parameter of layers that work along an axis or several. */
export const axesParameter = { name: "axis", type: axisOrAxes, default: -1, normalize: axesFromFront } as const;

/** An axis or a list of some in ascending order, counted from the front with the batch axis; none is an empty list. */
export function axesFromFront(value: ConfigValue, input: Shape): readonly ConfigValue[] {
  const axes: readonly ConfigValue[] = value === null ? [] : Array.isArray(value) ? value : [value];
  return axes
    .map((axis) => (typeof axis === "number" && axis < 0 ? axis + input.length + 1 : axis))
    .sort((a, b) => Number(a) - Number(b));
}

/** Keras' axis or axes as axes of a shape without the batch axis, in ascending order. */
export function resolveAxes(
  axes: number | readonly number[],
  input: Shape,
  site: LayerSite,
): { readonly kind: "axes"; readonly axes: readonly number[] } | Rejected {
  const { title, related } = site;
  const span = site.argument("axis");
  const resolved: number[] = [];
  for (const axis of typeof axes === "number" ? [axes] : axes) {
    const found = resolveAxis(axis, input, { title, span, related });
    if (found.kind === "rejected") return found;
    if (resolved.includes(found.axis)) {
      return rejected(axisRepeated(span, { title, axis: found.axis + 1, input, related }));
    }
    resolved.push(found.axis);
  }
  return { kind: "axes", axes: resolved.sort((a, b) => a - b) };
}

/** `resolveAxes`, where the axes give the shape of a weight and must be numbers. */
export function resolveKnownAxes(
  axes: number | readonly number[],
  input: Shape,
  site: LayerSite,
): { readonly kind: "axes"; readonly axes: readonly number[]; readonly shape: readonly number[] } | Rejected {
  const resolved = resolveAxes(axes, input, site);
  if (resolved.kind === "rejected") return resolved;
  const sizes = resolved.axes.map((axis) => input[axis] as Shape[number]);
  const unknown = sizes.find((size) => !isStatic(size));
  if (unknown !== undefined) {
    const { title, related } = site;
    return rejected(axisSizeUnknown(site.argument("axis"), { title, axis: formatSize(unknown), input, related }));
  }
  return { ...resolved, shape: sizes.map(({ factor }) => factor) };
}

/** Axes that `resolveAxes` has accepted, when the layer is lowered. */
export function acceptedAxes(axes: number | readonly number[], rank: number): readonly number[] {
  return (typeof axes === "number" ? [axes] : axes)
    .map((axis) => (axis < 0 ? axis + rank : axis - 1))
    .sort((a, b) => a - b);
}

/** How far a step along each axis moves in a weight that has only some of the axes, in their order. */
export function broadcastStrides(rank: number, axes: readonly number[], shape: readonly number[]): readonly number[] {
  const strides = Array.from({ length: rank }, () => 0);
  let stride = 1;
  for (let at = axes.length - 1; at >= 0; at--) {
    strides[axes[at] as number] = stride;
    stride *= shape[at] as number;
  }
  return strides;
}
