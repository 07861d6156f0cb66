import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic, RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../ir/shape.ts";

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
          : `the batch axis is 0, as in Keras; expected ${range}`,
      related: at.related,
    };
  },
);

/**
 * Keras' axis (0 is the batch axis, negative ones count from the end) as an axis of a shape without the batch axis, or the
 * diagnostic that says why it is none.
 */
export function resolveAxis(
  axis: number,
  input: Shape,
  place: { readonly title: string; readonly span: Span; readonly related: readonly RelatedPlace[] },
): number | Diagnostic {
  const rank = input.length;
  if (axis >= 1 && axis <= rank) return axis - 1;
  if (axis < 0 && axis >= -rank) return axis + rank;
  return axisOutOfRange(place.span, { title: place.title, axis, input, related: place.related });
}
