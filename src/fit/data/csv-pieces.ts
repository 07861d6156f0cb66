import Papa from "papaparse";
import { fail } from "../../files/read-failure.ts";
import { maxRecordLength } from "../limits.ts";
import { countLineEnds, offsetOf, withLineFeeds } from "./line-ends.ts";
import type { Place } from "./place.ts";
import { findCell, lastRecordEnd } from "./quoted-cells.ts";

/** Whole records of a CSV file in a row. */
export interface CsvPiece {
  readonly rows: readonly (readonly string[])[];
  /** Where a cell stands in the file; looked for when it is asked. */
  locate(row: number, column: number): Place;
  /** Where a quote is wrong. The rows end before it, for what follows was not read as it was meant. */
  readonly wrongQuote?: Place;
}

/** Papa Parse takes one kind of line end in a text, and files that were put together have several: it gets but this one. */
const newline = "\n";

/** UTF-16 units by which the delimiter is told. */
const sampleLength = 2 ** 16;

/**
 * The records of a CSV file, piece by piece, by Papa Parse. Cells are separated by commas, semicolons, tabs or bars: by
 * whatever gives the first rows the same number of cells.
 */
export async function* csvPieces(pieces: AsyncIterable<string>): AsyncIterable<CsvPiece> {
  let delimiter: string | undefined;
  let rest = "";
  const at = { line: 1, offset: 0 };
  for await (const piece of pieces) {
    rest += piece;
    if (rest.length > maxRecordLength) {
      fail(
        "too-large",
        `its row at line ${at.line} has more than ${maxRecordLength} characters; a quote may not be closed`,
      );
    }
    // Before there is a whole line, nothing can be told of it.
    if (delimiter === undefined && !rest.includes("\n")) continue;
    delimiter ??= delimiterOf(rest);
    const end = lastRecordEnd(rest, delimiter);
    if (end === 0) continue;
    yield parsePiece(rest.slice(0, end), delimiter, at);
    advance(at, rest.slice(0, end));
    rest = rest.slice(end);
  }
  if (rest !== "") yield parsePiece(rest, delimiter ?? delimiterOf(rest), at);
}

function delimiterOf(text: string): string {
  const sample = withLineFeeds(text.slice(0, sampleLength));
  // Behind the last line end there would be one more row, of one cell.
  const whole = sample.slice(0, Math.max(0, sample.lastIndexOf("\n"))) || sample;
  return Papa.parse(whole, { newline, preview: 20 }).meta.delimiter;
}

function parsePiece(text: string, delimiter: string, { line, offset }: { line: number; offset: number }): CsvPiece {
  const { data, errors } = Papa.parse(withLineFeeds(text), { delimiter, newline });
  const place = ({ start, end }: { start: number; end: number }): Place => ({
    line: line + countLineEnds(text.slice(0, start)),
    start: offset + start,
    end: offset + end,
  });
  // Papa Parse gives the place behind the quote that the cell begins with.
  const wrong = errors.find(({ type }) => type === "Quotes");
  const quote = wrong?.index === undefined ? undefined : offsetOf(text, wrong.index - 1);
  return {
    rows: data.slice(0, wrong?.row),
    locate: (row, column) => place(findCell(text, delimiter, row, column)),
    ...(quote === undefined ? {} : { wrongQuote: place({ start: quote, end: quote + 1 }) }),
  };
}

function advance(at: { line: number; offset: number }, text: string): void {
  at.line += countLineEnds(text);
  at.offset += text.length;
}
