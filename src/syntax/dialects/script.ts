import type { TokenType } from "chevrotain";
import * as t from "../../../grammar/tokens.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { bracketPairs, closesBracket, opensBracket, type BracketPairs } from "../bracket-pairs.ts";
import { endsValue } from "../keywords.ts";
import { lex } from "../lex.ts";
import { MAX_DIALECT_LENGTH } from "../limits.ts";
import type { Source } from "../source.ts";
import { tokenEnd, type Token } from "../token.ts";

/** The words before the names that a file declares. */
const declaring: ReadonlySet<string> = new Set(["let", "dim", "block", "model"]);

/** A file as it is written: its tokens before anything of them is mended. */
export interface Script {
  readonly file: string;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly pairs: BracketPairs;
  /** For each token the index of the bracket that encloses it, or -1. */
  readonly around: Int32Array;
  /** For each closing bracket the index of the one that it closes, or -1. */
  readonly openers: Int32Array;
  /** Where each word stands. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** What the file declares or imports, and the parameters of its blocks, as far as the tokens tell. */
  readonly declared: ReadonlySet<string>;
}

/** Undefined for a file that is longer than those that persons write. */
export function readScript({ path, text }: Source): Script | undefined {
  if (text.length > MAX_DIALECT_LENGTH) return undefined;
  const { tokens } = lex(text);
  const pairs = bracketPairs(tokens);
  const around = new Int32Array(tokens.length).fill(-1);
  const openers = new Int32Array(tokens.length).fill(-1);
  for (const [index, close] of pairs.entries()) if (close < tokens.length) openers[close] = index;
  const declared = new Set<string>();
  const places = new Map<string, number[]>();
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (closesBracket(token)) open.pop();
    around[index] = open.at(-1) ?? -1;
    if (opensBracket(token)) open.push(index);
    const known = places.get(token.image);
    if (known === undefined) places.set(token.image, [index]);
    else known.push(index);
    const bracket = around[index] as number;
    const isImported = bracket > 0 && tokens[bracket - 1]?.image === "import";
    const isParameter = bracket > 1 && tokens[bracket - 2]?.image === "block";
    if (isImported || isParameter || declaring.has(tokens[index - 1]?.image ?? "")) declared.add(token.image);
  }
  return { file: path, text, tokens, pairs, around, openers, places, declared };
}

/** A name that stands in more places is of no person. */
const mostPlaces = 200;

/** Where a word stands, in order; nowhere if that is all over the file. */
export function placesOf({ places }: Script, word: string): readonly number[] {
  const found = places.get(word) ?? [];
  return found.length > mostPlaces ? [] : found;
}

/** Whether the token at `index` is of a type. */
export function isType({ tokens }: Script, index: number, ...types: readonly TokenType[]): boolean {
  const type = tokens[index]?.tokenType;
  return type !== undefined && types.includes(type);
}

/** What is written at `index`; nothing beyond the end. */
export function imageAt({ tokens }: Script, index: number): string {
  return tokens[index]?.image ?? "";
}

export function startOf({ tokens, text }: Script, index: number): number {
  return tokens[index]?.startOffset ?? text.length;
}

export function endOf({ tokens }: Script, index: number): number {
  const token = tokens[index];
  return token === undefined ? 0 : tokenEnd(token);
}

/** From the token at `from` up to that before `to`. */
export function spanOf(script: Script, from: number, to = from + 1): Span {
  return { file: script.file, start: startOf(script, from), end: endOf(script, to - 1) };
}

/** Between two tokens, from the end of the first one. */
export function gapOf(script: Script, from: number, to: number): Span {
  return { file: script.file, start: endOf(script, from), end: startOf(script, to) };
}

/** Tokens from `from` up to that before `to`, with the gap in front of them: what goes when they are deleted. */
export function withGapOf(script: Script, from: number, to: number): Span {
  return { file: script.file, start: endOf(script, from - 1), end: endOf(script, to - 1) };
}

export function placeAt({ file }: Script, offset: number): Span {
  return { file, start: offset, end: offset };
}

export function textOf(script: Script, from: number, to = from + 1): string {
  return script.text.slice(startOf(script, from), endOf(script, to - 1));
}

export function beginsLine({ tokens }: Script, index: number): boolean {
  return tokens[index]?.lineStart === true;
}

/**
 * How many tokens the head of a loop or a condition may have. What is asked of each of them may go through them all, and no
 * person writes a longer one.
 */
export const longestHead = 100;

/** The index of the first token of the next line, or of the one behind `most` tokens of this one. */
export function endOfLine(script: Script, index: number, most = Number.POSITIVE_INFINITY): number {
  const limit = Math.min(script.tokens.length, index + 1 + most);
  let end = index + 1;
  while (end < limit && !beginsLine(script, end)) end++;
  return end;
}

/** Whether the token at `index` stands outside of all brackets. */
export function isAtTop({ around }: Script, index: number): boolean {
  return around[index] === -1;
}

/** Whether it stands directly in the braces of a body. */
export function isInBody(script: Script, index: number): boolean {
  const bracket = script.around[index] ?? -1;
  if (bracket < 0 || !isType(script, bracket, t.LeftBrace)) return false;
  return imageAt(script, bracket - 1) !== "import" && !isType(script, bracket - 1, t.LeftParen, t.Comma, t.Equals);
}

/** Whether it stands among arguments or the items of a list. */
export function isAmongValues(script: Script, index: number): boolean {
  return isType(script, script.around[index] ?? -1, t.LeftParen, t.LeftBracket);
}

/** Whether a statement of a body can begin at `index`. */
export function beginsStatement(script: Script, index: number): boolean {
  if (!isInBody(script, index)) return false;
  if (beginsLine(script, index)) return true;
  const before = script.tokens[index - 1];
  return isType(script, index - 1, t.LeftBrace, t.RightBrace) || endsValue(before);
}

/** Whether a declaration can begin at `index`. */
export function beginsDeclaration(script: Script, index: number): boolean {
  return (
    isAtTop(script, index) && (index === 0 || beginsLine(script, index) || isType(script, index - 1, t.RightBrace))
  );
}

/** The index behind the call whose name is at `index`, or behind the name alone. */
export function endOfCall(script: Script, index: number): number {
  if (!isType(script, index + 1, t.LeftParen)) return index + 1;
  return Math.min((script.pairs[index + 1] as number) + 1, script.tokens.length);
}

/** Brackets around more tokens are of no person, and looking through nested ones would take quadratic time. */
const mostTokens = 1000;

/** The arguments between the brackets at `open` and its closer: where each begins and ends. */
export function itemsOf(script: Script, open: number): readonly { readonly from: number; readonly to: number }[] {
  const close = script.pairs[open] as number;
  if (close >= script.tokens.length || close - open > mostTokens) return [];
  // A bracket that is left open: what stands behind it is no item.
  if (isType(script, close, t.RightBrace) && !isType(script, open, t.LeftBrace)) return [];
  const items: { from: number; to: number }[] = [];
  let from = open + 1;
  for (let at = open + 1; at <= close; at++) {
    if (at < close && (script.around[at] !== open || !isType(script, at, t.Comma))) continue;
    if (at > from) items.push({ from, to: at });
    from = at + 1;
  }
  return items;
}

/** Whether a declaration or an import begins with a word. */
export function isDeclarationWord(word: string): boolean {
  return word === "import" || declaring.has(word);
}

/** Whether the file itself declares or imports a name. */
export function declares({ declared }: Script, name: string): boolean {
  return declared.has(name);
}

/** The index of the first token of the line of that at `index`. */
export function startOfLine(script: Script, index: number): number {
  let first = index;
  while (first > 0 && !beginsLine(script, first)) first--;
  return first;
}

/** The indent of the line of the token at `index`. */
function indentOf(script: Script, index: number): number {
  return script.tokens[startOfLine(script, index)]?.indent ?? 0;
}

/** The index behind the tokens of the lines that are indented deeper than that of the token at `head`, from the next line on. */
export function endOfIndented(script: Script, head: number): number {
  const { tokens } = script;
  const indent = indentOf(script, head);
  let end = endOfLine(script, head);
  while (end < tokens.length && (tokens[end]?.indent ?? 0) > indent) end = endOfLine(script, end);
  return end;
}

/** A line end and the indent of the line of the token at `index`. */
export function lineLike(script: Script, index: number): string {
  return `\n${" ".repeat(indentOf(script, index))}`;
}

/** What stands before something new beside the token at `index`: a line of its own where that begins one. */
export function gapLike(script: Script, index: number): string {
  return beginsLine(script, index) ? lineLike(script, index) : " ";
}
