import type { Shape } from "../ir/shape.ts";

/** Widths of boxes, in pixels. */
export const boxWidths = { least: 208, most: 416 } as const;
/** What is as wide as a box gets, in elements, and all that is more: 2^16. */
const doublings = 16;

/** The width of a layer's box: by the elements that it gives for one sample, run-time dims left out, 13 pixels a doubling. */
export function boxWidth(shape: Shape): number {
  const elements = shape.reduce((product, { factor }) => product * factor, 1);
  const part = Math.min(1, Math.log2(Math.max(1, elements)) / doublings);
  return boxWidths.least + 2 * Math.round((part * (boxWidths.most - boxWidths.least)) / 2);
}
