import type { Span } from "./diagnostic.ts";
import type { LineMap } from "./line-map.ts";
import { splitCells, visibleText, type Cell } from "./visible-text.ts";

/** A place to mark in a frame. */
export interface Place {
  readonly span: Span;
  readonly label: string;
  /** `^` when it is the diagnostic's own place, `-` for a related one. */
  readonly primary: boolean;
}

/** One row of a frame: a source line with its number, or marks under the line before it. */
export type FrameRow =
  | { readonly kind: "source"; readonly line: number; readonly text: string }
  | { readonly kind: "marks"; readonly indent: number; readonly text: string; readonly primary: boolean }
  /** Stands for the inner lines of a place that spans many. */
  | { readonly kind: "gap" };

/** A part of one source line that is marked; offsets are within the line. */
interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly primary: boolean;
  /** The place goes on for more than one line after this. */
  readonly gapAfter: boolean;
}

/** Columns of source text in a frame; longer lines are cut around the mark. */
const maximumWidth = 100;
/** Columns kept before a mark in a line that is cut. */
const leadWidth = 20;

/** Lays out the marked lines of one file, in the order of the file. */
export function layoutFrame(places: readonly Place[], lines: LineMap): readonly FrameRow[] {
  const marks = places
    .flatMap((place) => marksOf(place, lines))
    .sort((a, b) => a.line - b.line || a.start - b.start || Number(b.primary) - Number(a.primary));

  const rows: FrameRow[] = [];
  let shown: { line: number; cut: CutLine } | undefined;
  for (const mark of marks) {
    const text = lines.line(mark.line).text;
    if (shown?.line !== mark.line || shown.cut.start > mark.start || shown.cut.end < mark.end) {
      shown = { line: mark.line, cut: cutLine(text, mark) };
      rows.push({ kind: "source", line: mark.line, text: shown.cut.text });
    }
    rows.push(markRow(mark, shown.cut));
    if (mark.gapAfter) rows.push({ kind: "gap" });
  }
  return rows;
}

/** A span of several lines marks its first and its last one. */
function marksOf(place: Place, lines: LineMap): readonly Mark[] {
  const { span, primary } = place;
  const label = visibleText(place.label);
  const first = lines.position(span.start);
  let last = lines.position(Math.max(span.start, span.end));
  if (last.line > first.line && last.column === 1) {
    // The span ends with a line end: nothing of the next line belongs to it.
    const previous = lines.line(last.line - 1);
    last = { line: last.line - 1, column: previous.end - previous.start + 1 };
  }
  if (first.line === last.line) {
    return [{ line: first.line, start: first.column - 1, end: last.column - 1, label, primary, gapAfter: false }];
  }
  const firstText = lines.line(first.line).text;
  const lastText = lines.line(last.line).text;
  const indent = lastText.length - lastText.trimStart().length;
  return [
    {
      line: first.line,
      start: first.column - 1,
      end: Math.max(first.column - 1, firstText.trimEnd().length),
      label: "",
      primary,
      gapAfter: last.line > first.line + 1,
    },
    {
      line: last.line,
      start: Math.min(indent, last.column - 1),
      end: last.column - 1,
      label,
      primary,
      gapAfter: false,
    },
  ];
}

/** A source line as printed, perhaps only a part of it. Offsets are within the whole line. */
interface CutLine {
  readonly text: string;
  readonly cells: readonly Cell[];
  readonly start: number;
  readonly end: number;
  /** Columns taken by the sign that something is left out before. */
  readonly lead: number;
}

function cutLine(whole: string, mark: Mark): CutLine {
  // A line of megabytes is cut roughly first, so that one bad line costs no time.
  const roughStart = mark.start > 8 * maximumWidth ? mark.start - 4 * maximumWidth : 0;
  const rough = whole.slice(roughStart, mark.start + 8 * maximumWidth);
  const cells = splitCells(rough).map((cell) => ({ ...cell, start: cell.start + roughStart }));

  const before = widthOf(cells.filter((cell) => cell.start < mark.start));
  const marked = widthOf(cells.filter((cell) => cell.start >= mark.start && cell.start < mark.end));
  const complete = roughStart === 0 && rough.length === whole.length;
  if (complete && widthOf(cells) <= maximumWidth) {
    return { text: join(cells), cells, start: 0, end: whole.length, lead: 0 };
  }
  const from = roughStart === 0 && before + marked <= maximumWidth ? 0 : Math.max(0, before - leadWidth);
  const kept: Cell[] = [];
  let column = 0;
  for (const cell of cells) {
    if (column >= from && column + cell.width <= from + maximumWidth) kept.push(cell);
    column += cell.width;
  }
  const start = kept[0]?.start ?? 0;
  const lastKept = kept.at(-1);
  const next = cells[lastKept === undefined ? 0 : cells.indexOf(lastKept) + 1];
  const end = next?.start ?? roughStart + rough.length;
  const left = start > 0 ? "…" : "";
  const right = end < whole.length ? "…" : "";
  return { text: `${left}${join(kept)}${right}`, cells: kept, start, end, lead: left.length };
}

function markRow(mark: Mark, cut: CutLine): FrameRow {
  const indent = cut.lead + widthOf(cut.cells.filter((cell) => cell.start < mark.start));
  const width = widthOf(cut.cells.filter((cell) => cell.start >= mark.start && cell.start < mark.end));
  const sign = (mark.primary ? "^" : "-").repeat(Math.max(1, width));
  return { kind: "marks", indent, text: mark.label === "" ? sign : `${sign} ${mark.label}`, primary: mark.primary };
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

function join(cells: readonly Cell[]): string {
  return cells
    .map((cell) => cell.text)
    .join("")
    .trimEnd();
}
