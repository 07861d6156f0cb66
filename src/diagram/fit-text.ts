import { splitCells, visibleText } from "../diagnostics/visible-text.ts";
import { measureText, type TextRole } from "./measure-text.ts";

/** A text as it is drawn. */
export interface FittedText {
  readonly text: string;
  readonly role: TextRole;
  /** Pixels that it takes; at most, where all its glyphs are known. */
  readonly width: number;
  /** Pixels that it may take. */
  readonly room: number;
  /** Whether something is left out. */
  readonly isCut: boolean;
}

const ellipsis = "…";
/** No text of that many UTF-16 units fits into a drawing: what is beyond is not looked at. */
const longest = 1000;

/**
 * A text in at most `room` pixels: of a longer one the end is left out, or with `keepEnd` the middle, for names that
 * differ at their ends. What can't be seen, or not be in XML, shows as symbols.
 */
export function fitText(text: string, role: TextRole, room: number, keepEnd = false): FittedText {
  const visible = drawable(text.length > longest ? `${text.slice(0, longest / 2)}${text.slice(-longest / 2)}` : text);
  const whole = measureText(visible, role);
  if (whole <= room && text.length <= longest) return { text: visible, role, width: whole, room, isCut: false };
  const cells = splitCells(visible).map((cell) => cell.text);
  const spare = room - measureText(ellipsis, role);
  const tail = keepEnd ? fitting(cells.toReversed(), role, spare * 0.4).toReversed() : [];
  const head = fitting(cells.slice(0, cells.length - tail.length), role, spare - measureText(tail.join(""), role));
  const cut = [...head, ellipsis, ...tail].join("");
  return { text: cut, role, width: measureText(cut, role), room, isCut: true };
}

/** The first cells that take at most `width` pixels. */
function fitting(cells: readonly string[], role: TextRole, width: number): readonly string[] {
  let end = 0;
  while (end < cells.length && measureText(cells.slice(0, end + 1).join(""), role) <= width) end += 1;
  return cells.slice(0, end);
}

/** As it can be seen, without the two characters that XML has no place for and that are no control characters. */
export function drawable(text: string): string {
  return visibleText(text).replaceAll(/[\ufffe\uffff]/g, "\ufffd");
}
