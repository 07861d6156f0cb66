import { splitCells, type Cell } from "../diagnostics/visible-text.ts";

/** How a text of a drawing is set. Sizes in pixels. */
export type TextRole = "title" | "name" | "detail" | "shape";

export const fontSizes: Readonly<Record<TextRole, number>> = { title: 18, name: 14, detail: 12, shape: 12 };

/**
 * Advances of U+0020 to U+007E in hundredths of the font size, in DejaVu Sans and its bold face: of the fonts that
 * `fontFamilies` may come to, those with the widest letters. In others a text takes less room than it is given.
 */
const regular = [
  32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
  84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62,
  69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60,
  82, 60, 60, 53, 64, 34, 64, 84,
];
const bold = [
  35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40, 84,
  84, 84, 59, 100, 78, 77, 74, 84, 69, 69, 83, 84, 38, 38, 78, 64, 100, 84, 86, 74, 86, 78, 73, 69, 82, 78, 111, 78, 73,
  73, 46, 37, 46, 84, 50, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60, 48, 72, 66,
  93, 65, 66, 59, 72, 37, 72, 84,
];
/** Every letter of a monospaced font: 0.55 (Consolas) to 0.61 (DejaVu, Menlo) of its size. */
const monospaced = 61;

/** What layerc itself writes beyond ASCII. */
const known: Readonly<Record<string, number>> = { "·": 38, "×": 84, "…": 100 };
/** Of other scripts: letters, those of Chinese, Japanese and Korean, emoji. */
const others = { letter: 85, ideograph: 100, emoji: 135 } as const;
const letters = /^[\p{L}\p{M}\p{N}]+$/u;

/** The width of a text of one line in pixels, rounded up: at most that where `isMeasured`, and about that elsewhere. */
export function measureText(text: string, role: TextRole): number {
  const hundredths = splitCells(text).reduce((sum, cell) => sum + cellWidth(cell, role), 0);
  return Math.ceil((hundredths * fontSizes[role]) / 100);
}

/** Whether all glyphs are known, so that the text is no wider than it measures. */
export function isMeasured(text: string): boolean {
  return [...text].every((character) => isAscii(character) || known[character] !== undefined);
}

/** In hundredths of the font size. What can't be seen is several letters. */
function cellWidth({ text, width }: Cell, role: TextRole): number {
  if (!isAscii(text)) return known[text] ?? otherWidth(text, width);
  if (role === "shape") return monospaced * text.length;
  const widths = role === "detail" ? regular : bold;
  return [...text].reduce((sum, character) => sum + (widths[character.charCodeAt(0) - 32] as number), 0);
}

function otherWidth(cluster: string, columns: number): number {
  const isOfLetters = letters.test(cluster);
  if (columns === 2) return isOfLetters ? others.ideograph : others.emoji;
  return isOfLetters ? others.letter : others.ideograph * columns;
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text);
}
