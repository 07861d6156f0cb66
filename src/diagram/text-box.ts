import type { DiagramItem } from "./diagram.ts";
import type { FittedText } from "./fit-text.ts";
import type { BoxLook, PlacedBox } from "./layout.ts";
import { linesHeight, placeLines } from "./text-lines.ts";

/** Something of a known size that can be put anywhere: its middle at `x`, its top at `y`. */
export interface Block {
  readonly width: number;
  readonly height: number;
  place(x: number, y: number): PlacedBox;
}

interface BoxFacts {
  readonly look: BoxLook;
  readonly width: number;
  readonly title: string;
  readonly item?: DiagramItem;
  readonly isStack?: boolean;
}

/** Beside the lines of a box, and above and below them. */
export const boxPadding = { x: 14, y: 10 } as const;
/** By which the sheets of a stack stand out below and to the right. */
export const sheetOffset = 4;

/** A box around lines of text, each in its middle. */
export function textBox(lines: readonly FittedText[], { isStack = false, width, ...facts }: BoxFacts): Block {
  const inner = linesHeight(lines);
  const height = inner + 2 * (lines.length === 1 ? boxPadding.y - 3 : boxPadding.y);
  return {
    width: isStack ? width + 2 * sheetOffset : width,
    height: isStack ? height + sheetOffset : height,
    place: (x, y) => ({
      kind: "box",
      ...facts,
      isStack,
      x: x - width / 2,
      y,
      width,
      height,
      texts: placeLines(lines, x, y + (height - inner) / 2, "middle"),
      parts: [],
    }),
  };
}
