import { editOfRange } from "../../format/format-range.ts";
import { editsBetween, type PlainEdit } from "../edits/edits-between.ts";

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The edits that give a text its formatted form, without touching what has it already. */
export const formattingEdits: (text: string, formatted: string) => readonly PlainEdit[] = editsBetween;

/**
 * Those that only the declarations and statements in some ranges need, as `formatRange` gives them. `formatted` is the whole text
 * with the ends of lines that it has.
 */
export async function rangeFormattingEdits(
  text: string,
  formatted: string,
  ranges: readonly Range[],
): Promise<readonly PlainEdit[]> {
  const wholes: { readonly range: Range; readonly edit: PlainEdit }[] = [];
  for (let range of ranges.toSorted((a, b) => a.start - b.start)) {
    let edit = await editOfRange(text, formatted, range);
    if (edit === undefined) continue;
    // What two ranges touch is formatted once.
    for (let last = wholes.at(-1); last !== undefined && last.edit.end > edit.start; last = wholes.at(-1)) {
      wholes.pop();
      range = { start: Math.min(last.range.start, range.start), end: Math.max(last.range.end, range.end) };
      const both: PlainEdit | undefined = await editOfRange(text, formatted, range);
      edit = both ?? edit;
    }
    wholes.push({ range, edit });
  }
  return wholes.flatMap(({ edit: { start, end, text: by } }) =>
    editsBetween(text.slice(start, end), by).map((edit) => ({
      start: edit.start + start,
      end: edit.end + start,
      text: edit.text,
    })),
  );
}
