import { defineDiagnostic } from "../../diagnostics/define.ts";
import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { SourceText } from "../../diagnostics/render.ts";
import { maxFileBytes } from "../../files/limits.ts";
import { fail, failureOf } from "../../files/read-failure.ts";
import { maxShownBytes } from "../limits.ts";
import { createRowWriter, type RowStore, type RowStoreOptions, type RowWriter } from "../rows/row-store.ts";
import { rowWidth, type RowLayout } from "../rows/samples.ts";
import type { ColumnChoice, Columns } from "./columns.ts";
import type { DataFile } from "./data-file.ts";
import { createProblems } from "./problems.ts";
import type { Reading, ReadRows, WantedData } from "./reading.ts";
import { textPieces } from "./text-pieces.ts";

export const dataUnusable = defineDiagnostic<{ path: string; reason: string }>(
  "data-unusable",
  "error",
  "A file of samples can't be read as one.",
  ({ path, reason }) => ({ message: `The data '${path}' can't be used: ${reason}` }),
  () => ({
    meaning:
      "Samples are read from CSV with a header, from JSON objects one a line (JSONL), and from .npz archives of numpy with the arrays x and y. This file is none of them, is empty, or is damaged.",
    example: {
      kind: "command",
      text: "layerc train iris.layers --data iris.parquet",
      arguments: { path: "iris.parquet", reason: "it is neither text nor an archive of numpy's arrays (.npz)" },
      mended: "layerc train iris.layers --data iris.csv",
    },
  }),
);

/** The samples of a file. */
export interface DataSet {
  readonly path: string;
  readonly rows: RowStore;
  readonly layout: RowLayout;
  /** Of formats whose columns have names. */
  readonly columns?: Columns;
}

export interface ReadDataResult {
  /** Absent where a diagnostic is an error. */
  readonly value?: DataSet;
  readonly diagnostics: readonly Diagnostic[];
  /** The text of the file, where it is short enough to be shown. */
  readonly sources: readonly SourceText[];
}

export interface ReadDataOptions extends RowStoreOptions {
  readonly choice: ColumnChoice;
}

/** Reads a file of samples, CSV, JSONL or `.npz`; its first bytes decide. No content makes it throw. */
export async function readData(file: DataFile, wanted: WantedData, options: ReadDataOptions): Promise<ReadDataResult> {
  const { path } = file;
  const isShown = file.bytes <= maxShownBytes;
  const problems = createProblems(path, isShown);
  const shown: string[] = [];
  const writers: RowWriter[] = [];
  const reading: Reading = {
    path,
    wanted,
    choice: options.choice,
    problems,
    spanOf: (place) => ({ file: path, start: place?.start ?? 0, end: place?.end ?? 0 }),
    createWriter(layout) {
      const writer = createRowWriter(rowWidth(layout), options);
      writers.push(writer);
      return writer;
    },
  };
  const sources = (): readonly SourceText[] => (shown.length === 0 ? [] : [{ path, text: shown.join("") }]);
  const failed = (diagnostics: readonly Diagnostic[]): ReadDataResult => {
    for (const writer of writers) writer.discard();
    return { diagnostics, sources: sources() };
  };
  try {
    const read = await readRows(file, reading, (piece) => isShown && shown.push(piece));
    const diagnostics = problems.diagnostics();
    if (read === undefined || hasErrors(diagnostics)) return failed(diagnostics);
    const rows = read.writer.finish();
    if (rows.count === 0) fail("damaged", "it has a header and no rows");
    const { layout, columns } = read;
    return { value: { path, rows, layout, ...(columns && { columns }) }, diagnostics, sources: sources() };
  } catch (error) {
    const failure = failureOf(error);
    if (failure !== undefined) return failed([dataUnusable(undefined, { path, reason: failure.message })]);
    // An allocation that the machine refuses.
    if (error instanceof RangeError)
      return failed([dataUnusable(undefined, { path, reason: "it needs too much memory" })]);
    throw error;
  }
}

async function readRows(
  file: DataFile,
  reading: Reading,
  show: (piece: string) => void,
): Promise<ReadRows | undefined> {
  const start = await firstBytes(file);
  switch (formatOf(start)) {
    case "npz": {
      if (file.bytes > maxFileBytes) fail("too-large", `it is an archive of more than ${maxFileBytes} bytes`);
      const { readNpz } = await import("./read-npz.ts");
      return readNpz(await allBytes(file), reading);
    }
    case "jsonl": {
      const { readJsonl } = await import("./read-jsonl.ts");
      return readJsonl(shownPieces(file, show), reading);
    }
    case "csv": {
      const { readCsv } = await import("./read-csv.ts");
      return readCsv(shownPieces(file, show), reading);
    }
  }
}

async function* shownPieces(file: DataFile, show: (piece: string) => void): AsyncIterable<string> {
  for await (const piece of textPieces(file)) {
    show(piece);
    yield piece;
  }
}

/** Bytes by which the format of a file is told. */
const startLength = 1024;

/** By what a file begins with. */
function formatOf(start: Uint8Array): "npz" | "jsonl" | "csv" {
  if (start.length === 0) return fail("damaged", "it is empty");
  const text = String.fromCharCode(...start);
  // The first member of an archive, or the end of one without members: a column may be called PK, too.
  if (/^PK(?:\x03\x04|\x05\x06)/.test(text)) return "npz";
  if (text.startsWith("\x1f\x8b")) fail("unsupported", "it is packed with gzip: unpack it first");
  if (text.startsWith("\x93NUMPY")) fail("unsupported", "it is a single array of numpy: save x and y as one .npz");
  if (text.includes("\0") && !/^(?:\xff\xfe|\xfe\xff)/.test(text)) {
    fail("unsupported", "it is neither text nor an archive of numpy's arrays (.npz)");
  }
  const shown = text.replace(/^\xef\xbb\xbf/, "").trimStart();
  const [first] = shown;
  if (isNameInBrackets(shown)) return "csv";
  if (first === "[") fail("unsupported", "it is a JSON list: write its objects one a line (JSONL)");
  return first === "{" ? "jsonl" : "csv";
}

/** Whether a text begins with a name such as `[a]` or `{a}` and more on its line, which no JSON has behind a list or object. */
function isNameInBrackets(text: string): boolean {
  return /^(?:\[[^[\]{}":\r\n]*\]|\{[^[\]{}":\r\n]*\})[^\S\r\n]*[^\s]/.test(text);
}

/** What a file begins with, in however small pieces it comes. */
async function firstBytes(file: DataFile): Promise<Uint8Array> {
  const start = new Uint8Array(startLength);
  let length = 0;
  for await (const chunk of file.read()) {
    const part = chunk.subarray(0, startLength - length);
    start.set(part, length);
    length += part.length;
    if (length === startLength) break;
  }
  return start.subarray(0, length);
}

async function allBytes(file: DataFile): Promise<Uint8Array> {
  const bytes = new Uint8Array(file.bytes);
  let at = 0;
  for await (const chunk of file.read()) {
    if (at + chunk.length > bytes.length) fail("damaged", "it has grown while it was read");
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes.subarray(0, at);
}
