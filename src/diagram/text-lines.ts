import type { FittedText } from "./fit-text.ts";
import type { PlacedText } from "./layout.ts";
import { fontSizes, type TextRole } from "./measure-text.ts";

const lineHeights: Readonly<Record<TextRole, number>> = { title: 26, name: 20, detail: 17, shape: 17 };
/** From the middle of a line down to its baseline, as part of the font size: half the height of a capital. */
const belowMiddle = 0.36;

/** Lines of text one below the other, from `top` on. */
export function placeLines(
  lines: readonly FittedText[],
  x: number,
  top: number,
  anchor: PlacedText["anchor"],
): readonly PlacedText[] {
  let y = top;
  return lines.map((line) => {
    const middle = y + lineHeights[line.role] / 2;
    y += lineHeights[line.role];
    return { ...line, x, y: baselineAt(middle, line.role), anchor };
  });
}

export function linesHeight(lines: readonly FittedText[]): number {
  return lines.reduce((sum, { role }) => sum + lineHeights[role], 0);
}

/** The baseline of a line whose middle is at `y`. */
export function baselineAt(y: number, role: TextRole): number {
  return Math.round(y + fontSizes[role] * belowMiddle);
}
