import type { IToken, TokenType } from "chevrotain";
import { maxBlocks, maxBrackets } from "./limits.ts";
import * as t from "./tokens.ts";

/** A statement's tokens, without what ends it, and the lines of its body. */
export interface Line {
  readonly tokens: readonly IToken[];
  /** Whether it is the head of a body. */
  readonly isBlock: boolean;
  readonly body: readonly Line[];
}

/** Where the tokens of a text are none of Python. */
export interface LineProblem {
  readonly start: number;
  readonly end: number;
  /** A clause without a final stop. */
  readonly reason: string;
}

interface OpenLine extends Line {
  readonly body: OpenLine[];
  readonly indent: number;
}

const closers: ReadonlyMap<TokenType, string> = new Map([
  [t.RightParen, "("],
  [t.RightBracket, "["],
  [t.RightBrace, "{"],
]);
const openers: ReadonlySet<TokenType> = new Set([t.LeftParen, t.LeftBracket, t.LeftBrace]);

/**
 * Tokens as statements, by line breaks outside of brackets and semicolons, each with those that are indented below its
 * colon. A pasted part of a script may be indented as a whole, or its first line not, which Python itself would refuse.
 */
export function readLines(
  text: string,
  tokens: readonly IToken[],
): { readonly lines: readonly Line[]; readonly problem?: LineProblem } {
  const problem = findProblem(tokens);
  if (problem !== undefined) return { lines: [], problem };
  const root: OpenLine = { tokens: [], isBlock: true, body: [], indent: -1 };
  const heads: OpenLine[] = [root];
  for (const { line, indent } of splitLines(text, tokens)) {
    while (heads.length > 1 && indent <= (heads.at(-1) as OpenLine).indent) heads.pop();
    const isBlock = isHead(line);
    const [head = line, ...inline] = isBlock ? splitHead(line) : [line];
    const made: OpenLine = { tokens: head, isBlock, body: inline.map(simple), indent };
    (heads.at(-1) as OpenLine).body.push(made);
    if (isBlock && inline.length === 0) heads.push(made);
    if (heads.length > maxBlocks) {
      const { startOffset: start, image } = line[0] as IToken;
      const reason = `blocks nest deeper than ${maxBlocks}`;
      return { lines: [], problem: { start, end: start + image.length, reason } };
    }
  }
  return { lines: root.body };
}

function simple(tokens: readonly IToken[]): OpenLine {
  return { tokens, isBlock: false, body: [], indent: 0 };
}

/** What is wrong with brackets and strings, the first place of it. */
function findProblem(tokens: readonly IToken[]): LineProblem | undefined {
  const open: IToken[] = [];
  for (const token of tokens) {
    const { image, tokenType, startOffset: start } = token;
    const at = { start, end: start + image.length };
    if (tokenType === t.OpenString) {
      const isLong = /^\w{0,2}("""|''')/.test(image);
      return { ...at, reason: `the string has no end${isLong ? "" : " on its line"}` };
    }
    if (openers.has(tokenType)) {
      open.push(token);
      if (open.length > maxBrackets) return { ...at, reason: `brackets nest deeper than ${maxBrackets}` };
    }
    const opener = closers.get(tokenType);
    if (opener === undefined) continue;
    const last = open.pop();
    if (last === undefined) return { ...at, reason: `'${image}' closes nothing` };
    if (last.image !== opener) return { ...at, reason: `'${image}' closes '${last.image}'` };
  }
  const left = open[0];
  if (left === undefined) return undefined;
  return { start: left.startOffset, end: left.startOffset + 1, reason: `'${left.image}' is never closed` };
}

/** A statement, with the indent of the line on which it begins. */
interface IndentedLine {
  readonly line: readonly IToken[];
  readonly indent: number;
}

/** The tokens of each statement; behind a head, what stands on its line is its body. */
function splitLines(text: string, tokens: readonly IToken[]): readonly IndentedLine[] {
  const lines: IndentedLine[] = [];
  let line: IToken[] = [];
  let depth = 0;
  const end = (): void => {
    const indent = line[0] === undefined ? 0 : indentOf(text, line[0].startOffset);
    for (const statement of isHead(line) ? [line] : splitAt(line, t.Semicolon)) lines.push({ line: statement, indent });
    line = [];
  };
  for (const token of tokens) {
    const { tokenType } = token;
    if (openers.has(tokenType)) depth++;
    else if (closers.has(tokenType)) depth--;
    if (tokenType !== t.Newline) line.push(token);
    else if (depth === 0) end();
  }
  end();
  return lines;
}

function splitAt(line: readonly IToken[], separator: TokenType): readonly (readonly IToken[])[] {
  const parts: IToken[][] = [[]];
  for (const token of line) {
    if (token.tokenType === separator) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

const headWords: ReadonlySet<string> = new Set(
  "async class def elif else except finally for if try while with".split(" "),
);

/** Whether a body belongs to a line. `match` and `case` are names elsewhere. */
function isHead(line: readonly IToken[]): boolean {
  const word = line[0]?.image ?? "";
  if (headWords.has(word)) return true;
  const second = line[1]?.tokenType;
  return (
    (word === "match" || word === "case") &&
    line.at(-1)?.tokenType === t.Colon &&
    second !== t.Equals &&
    second !== t.Dot &&
    second !== t.Colon
  );
}

/** A head up to its colon, and each statement that stands behind it. */
function splitHead(line: readonly IToken[]): readonly (readonly IToken[])[] {
  let depth = 0;
  let lambdas = 0;
  for (const [at, { tokenType }] of line.entries()) {
    if (openers.has(tokenType)) depth++;
    else if (closers.has(tokenType)) depth--;
    else if (depth > 0) continue;
    else if (tokenType === t.Lambda) lambdas++;
    else if (tokenType === t.Colon && lambdas > 0) lambdas--;
    else if (tokenType === t.Colon) return [line.slice(0, at), ...splitAt(line.slice(at + 1), t.Semicolon)];
  }
  return [line];
}

/** The column of the first token of a line, with tabs up to multiples of eight, as Python counts. */
function indentOf(text: string, start: number): number {
  let from = start;
  while (from > 0 && text[from - 1] !== "\n" && text[from - 1] !== "\r") from--;
  let column = 0;
  for (let at = from; at < start; at++) column = text[at] === "\t" ? column - (column % 8) + 8 : column + 1;
  return column;
}
