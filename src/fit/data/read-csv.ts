import { capitalized } from "../../diagnostics/capitalized.ts";
import { counted } from "../../diagnostics/counted.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { fail } from "../../files/read-failure.ts";
import { plainNumberOf, type Cell } from "./cells.ts";
import { chooseColumns } from "./columns.ts";
import type { CsvPiece } from "./csv-pieces.ts";
import type { FaultPlace } from "./problems.ts";
import type { Reading, ReadRows } from "./reading.ts";
import { createTableRows, type TableRows } from "./table-rows.ts";

export const dataRowWidth = defineDiagnostic<Omit<FaultPlace, "span"> & { found: number; expected: number }>(
  "data-row-width",
  "error",
  "A row of a CSV file has more or fewer cells than its header.",
  ({ where, more, related, found, expected }) => ({
    message: capitalized(`${where}the row has ${counted(found, "cell")}, expected ${expected} as in the header${more}`),
    ...(found > expected ? { help: 'a text that has the delimiter in it stands in quotes: "5,1"' } : {}),
    related,
  }),
  () => ({
    meaning:
      "Each row has a cell for each column. One too many is most often a decimal comma or a text with a comma, one too few a line that was cut off.",
    example: {
      kind: "situation",
      text: "A row of iris.csv is 5,1,3.5,1.4,0.2,setosa.",
      arguments: { where: "", more: "", related: [], found: 6, expected: 5 },
      mended: "The row is 5.1,3.5,1.4,0.2,setosa.",
    },
  }),
);

export const dataQuote = defineDiagnostic<Omit<FaultPlace, "span">>(
  "data-quote",
  "error",
  "A quote of a CSV file does not stand around a whole cell.",
  ({ where, related }) => ({
    message: capitalized(`${where}the cell that begins with this quote does not end with one`),
    help: 'within quotes a quote is written twice: "a ""b"" c"',
    related,
  }),
  () => ({
    meaning:
      "A cell that begins with a quote ends with one, right before the delimiter or the end of the line; quotes within are doubled.",
    example: {
      kind: "situation",
      text: 'A row of words.csv is 1,2,"a "b" c".',
      arguments: { where: "", more: "", related: [] },
      mended: 'The row is 1,2,"a ""b"" c".',
    },
  }),
);

export const dataNoHeader = defineDiagnostic<{ columns: number }>(
  "data-no-header",
  "error",
  "A CSV file does not begin with the names of its columns.",
  ({ columns }) => ({
    message: "The first line has numbers, expected the names of the columns",
    help: `write a line before it with ${counted(columns, "name")}, separated as the rows are`,
  }),
  () => ({
    meaning: "The names of the columns say which are inputs and which are targets, so the first line has to be theirs.",
    example: {
      kind: "situation",
      text: "The first line of iris.csv is 5.1,3.5,1.4,0.2,setosa.",
      arguments: { columns: 5 },
      mended: "A line sepal_length,sepal_width,petal_length,petal_width,species stands before it.",
    },
  }),
);

/** Reads a CSV file with a header. */
export async function readCsv(pieces: AsyncIterable<string>, reading: Reading): Promise<ReadRows | undefined> {
  const { csvPieces } = await import("./csv-pieces.ts");
  let table: TableRows | undefined;
  let width = 0;
  for await (const piece of csvPieces(pieces)) {
    for (const [at, cells] of piece.rows.entries()) {
      // Lines with nothing, or with nothing but delimiters, are what spreadsheets leave at the end.
      if (cells.every((cell) => cell.trim() === "")) continue;
      if (table === undefined) {
        table = readHeader(cells, piece, at, reading);
        if (table === undefined) return undefined;
        width = cells.length;
        continue;
      }
      addRow(cells, width, table, piece, at, reading);
    }
    const { wrongQuote } = piece;
    if (wrongQuote !== undefined) {
      reading.problems.add(
        "quote",
        () => wrongQuote,
        ({ span, ...place }) => dataQuote(span, place),
      );
    }
    if (wrongQuote !== undefined || reading.problems.isEnough) return table;
  }
  return table ?? fail("damaged", "it has no line but empty ones");
}

function readHeader(cells: readonly string[], piece: CsvPiece, at: number, reading: Reading): TableRows | undefined {
  const { problems, spanOf, wanted, choice } = reading;
  const start = piece.locate(at, 0);
  const line = { ...start, end: piece.locate(at, cells.length - 1).end };
  if (isOfNumbers(cells)) {
    problems.add(
      "header",
      () => line,
      ({ span }) => dataNoHeader(span, { columns: cells.length }),
    );
    return undefined;
  }
  const { value, diagnostics } = chooseColumns(cells, wanted, choice, spanOf(line));
  for (const [index, diagnostic] of diagnostics.entries())
    problems.add(
      `header ${index}`,
      () => line,
      () => diagnostic,
    );
  return value && createTableRows(value, reading);
}

/** Whether a line is one of samples. The names of columns may be numbers, too, where they count the columns. */
function isOfNumbers(cells: readonly string[]): boolean {
  const numbers = cells.map(plainNumberOf).filter((value) => !Number.isNaN(value));
  return numbers.some((value, at) => !Number.isInteger(value) || value !== (numbers[0] as number) + at);
}

function addRow(
  cells: readonly Cell[],
  width: number,
  table: TableRows,
  piece: CsvPiece,
  at: number,
  { problems }: Reading,
): void {
  if (cells.length === width) return table.add(cells, (column) => piece.locate(at, column));
  const found = cells.length;
  problems.add(
    "row width",
    () => ({ ...piece.locate(at, 0), end: piece.locate(at, found - 1).end }),
    ({ span, ...place }) => dataRowWidth(span, { ...place, found, expected: width }),
  );
}
