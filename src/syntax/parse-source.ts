import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatCount } from "../diagnostics/format-count.ts";
import { withoutStaleFixes } from "../diagnostics/without-stale-fixes.ts";
import type { ModelFile } from "./ast.ts";
import { buildAst } from "./build-ast.ts";
import { collectComments } from "./comments.ts";
import { MAX_SOURCE_LENGTH, MAX_SYNTAX_ERRORS } from "./limits.ts";
import { parse } from "./parse.ts";
import type { Source } from "./source.ts";
import { findScript } from "./dialects/scripts.ts";
import { findMends, mayHaveDialects } from "./dialects/find-mends.ts";
import { readScript } from "./dialects/script.ts";
import { mergeHabits } from "./merge-habits.ts";
import { tokenize, type TokenizedSource } from "./tokenize.ts";

export const fileTooLarge = defineDiagnostic<{ length: number }>(
  "file-too-large",
  "error",
  `A file has more than ${formatCount(MAX_SOURCE_LENGTH)} characters.`,
  ({ length }) => ({
    message: `A file has at most ${formatCount(MAX_SOURCE_LENGTH)} characters, found ${formatCount(length)}`,
    help: "is this a model file?",
  }),
  () => ({
    meaning:
      "A model file has at most 4,194,304 characters. Model files are short texts; this one is probably something else, such as a weight file.",
    example: {
      kind: "situation",
      text: "A file of five million characters, such as a JSON file of weights, is given as a model file.",
      arguments: { length: 5_000_000 },
    },
  }),
);

export const tooManySyntaxErrors = defineDiagnostic<{ more: number }>(
  "too-many-syntax-errors",
  "error",
  `A file has more than ${MAX_SYNTAX_ERRORS} syntax errors.`,
  ({ more }) => ({
    message: `${formatCount(more)} more syntax errors in this file are not shown`,
    help: "is this a model file?",
  }),
  () => ({
    meaning: "After 100 syntax errors the others are only counted. The file is probably not in this language.",
    example: { kind: "situation", text: "A Python program is given as a model file.", arguments: { more: 12 } },
  }),
);

export interface ParsedSource extends Checked<ModelFile> {
  /** Whether there is a reason to look for habits of other languages, which the grammar lets pass or calls by another name. */
  readonly isSuspect: boolean;
}

/** What the rest of a file says of a piece of it. */
export interface PieceOfFile {
  /** Whether it is searched for habits of other languages, for there is a reason for that somewhere in the file. */
  readonly isSearched: boolean;
  /** Whether the file declares something called `compile`. */
  readonly hasOwnCompile: boolean;
}

/**
 * Text to syntax tree, with all syntax errors of the file in the order of their places. Never throws. The text may be a
 * `piece` of a file.
 */
export function parseSource(source: Source, piece?: PieceOfFile): ParsedSource {
  const plain = parseAsWritten(source, piece);
  if (source.text.length > MAX_SOURCE_LENGTH) return { ...plain, isSuspect: false };
  const isWrong = plain.diagnostics.some(({ severity }) => severity === "error");
  const isSuspect = isWrong || mayHaveDialects(source.text);
  const mended = isSuspect || piece?.isSearched === true ? withoutHabits(source, plain, isWrong, piece) : plain;
  return { ...mended, isSuspect };
}

function withoutHabits(
  source: Source,
  plain: Checked<ModelFile>,
  isWrong: boolean,
  piece: PieceOfFile | undefined,
): Checked<ModelFile> {
  const script = readScript(source);
  const foreign = isWrong && script !== undefined ? findScript(script) : undefined;
  if (foreign !== undefined) return { value: emptyFile(source), diagnostics: [foreign] };
  const mends = script && findMends(script);
  if (mends === undefined) return { ...plain, diagnostics: limit(inOrder(plain.diagnostics)) };
  const { value, diagnostics } = parseTokens(source, tokenize(source, mends.edits, piece?.hasOwnCompile));
  const told = new Set(mends.diagnostics.map(placeOf));
  const others = diagnostics.filter((diagnostic) => !told.has(placeOf(diagnostic)));
  return {
    value,
    diagnostics: limit(inOrder([...mends.diagnostics, ...withoutStaleFixes(others, mends.diagnostics)])),
  };
}

/**
 * The same by the grammar alone: habits of other languages that it lets pass stay as they are, and others are errors of the
 * grammar. For tools that leave a text as it is written.
 */
export function parseAsWritten(source: Source, piece?: PieceOfFile): Checked<ModelFile> {
  const { length } = source.text;
  if (length <= MAX_SOURCE_LENGTH) return parseTokens(source, tokenize(source, undefined, piece?.hasOwnCompile));
  const value = emptyFile(source);
  return { value, diagnostics: [fileTooLarge(value.span, { length })] };
}

/** What a diagnostic is about: the parser may say the same as a rule, with less of a remedy. */
function placeOf({ code, span }: Diagnostic): string {
  return `${span?.start}:${code}`;
}

/** The tree of a text that is not read. */
function emptyFile(source: Source): ModelFile {
  const span = { file: source.path, start: 0, end: 0 };
  return { kind: "model-file", source, imports: [], declarations: [], span };
}

function parseTokens(source: Source, tokenized: TokenizedSource): Checked<ModelFile> {
  const { path } = source;
  const { docs, comments, diagnostics: tokenErrors } = tokenized;
  const { cst, diagnostics: parseErrors } = parse(path, tokenized);
  const { value: tree, diagnostics: treeErrors } = buildAst(source, cst, docs);
  const strays = new Set(docs.strays());
  const value = { ...tree, comments: collectComments(path, comments.ordinary, comments.docs, strays) };
  return { value, diagnostics: [...tokenErrors, ...parseErrors, ...treeErrors, ...docs.unused()] };
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return mergeHabits(diagnostics.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)));
}

function limit(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const more = diagnostics.length - MAX_SYNTAX_ERRORS;
  if (more <= 0) return diagnostics;
  const shown = diagnostics.slice(0, MAX_SYNTAX_ERRORS);
  return [...shown, tooManySyntaxErrors(shown.at(-1)?.span, { more })];
}
