import type { Diagnostic, RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import type { Shape } from "../ir/shape.ts";
import { limits } from "./limits.ts";
import { axisTooLarge, rankTooHigh, tensorTooLarge } from "./rules/limits.ts";

/** Which limit a shape exceeds, if any. Run-time dims count as 1. */
export function shapeLimitProblem(shape: Shape, span: Span, related: readonly RelatedPlace[]): Diagnostic | undefined {
  if (shape.length > limits.rank) return rankTooHigh(span, { rank: shape.length, related });
  let [largest, elements] = [0, 1];
  for (const { factor } of shape) {
    largest = Math.max(largest, factor);
    elements *= factor;
  }
  if (largest > limits.axisSize) return axisTooLarge(span, { size: largest, related });
  if (elements > limits.tensorElements) return tensorTooLarge(span, { elements, related });
  return undefined;
}
