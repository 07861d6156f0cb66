import { splitCells, textWidth } from "../diagnostics/visible-text.ts";

/**
 * Breaks the text of a table cell at spaces into lines of at most `width` columns; a longer word is cut and ends in
 * `…`, as Rich does it. Leading spaces stay.
 */
export function wrapCell(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/\s*\S+\s*/g) ?? []) {
    if (line !== "" && textWidth(line) + textWidth(word.trimEnd()) > width) {
      lines.push(line);
      line = "";
    }
    line += word;
  }
  lines.push(line);
  return lines.map((part) => cut(part.trimEnd(), width));
}

function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const cell of splitCells(text)) {
    if (used + cell.width > width - 1) break;
    kept += cell.text;
    used += cell.width;
  }
  return `${kept}…`;
}
