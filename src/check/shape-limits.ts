import type { Diagnostic, RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import { product } from "../ir/product.ts";
import type { Shape } from "../ir/shape.ts";
import { limits } from "./limits.ts";
import { axisTooLarge, rankTooHigh, tensorTooLarge } from "./rules/limits.ts";

/** Which limit a shape exceeds, if any. Run-time dims count as 1. */
export function shapeLimitProblem(shape: Shape, span: Span, related: readonly RelatedPlace[]): Diagnostic | undefined {
  if (shape.length > limits.rank) return rankTooHigh(span, { rank: shape.length, related });
  const largest = Math.max(0, ...shape.map((size) => size.factor));
  if (largest > limits.axisSize) return axisTooLarge(span, { size: largest, related });
  const elements = product(shape.map((size) => size.factor));
  if (elements > limits.tensorElements) return tensorTooLarge(span, { elements, related });
  return undefined;
}
