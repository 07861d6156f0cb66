import type { IToken, TokenType } from "chevrotain";
import * as t from "../../../grammar/tokens.ts";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic.ts";
import { bracketPairs, type BracketPairs } from "../bracket-pairs.ts";
import type { IntegerDivisions } from "../integer-division.ts";
import type { Surroundings } from "../keywords.ts";
import { tokenEnd, type Token } from "../token.ts";

/** A bracket whose closer is still to come. */
export interface OpenBracket {
  readonly token: Token;
  readonly close: TokenType;
  readonly inside: Surroundings;
  /** Columns before the first token of its line. */
  readonly indent: number;
  /** Whether it encloses a shape. */
  readonly isShape?: boolean;
  /** Whether the first line of what it encloses is indented no deeper than its own. */
  readonly isFlat?: boolean;
}

/** One run of `structure` over the tokens of a file: what goes in, what has come out, and what is open between. */
export interface Structuring {
  readonly file: string;
  readonly input: readonly Token[];
  readonly divisions: IntegerDivisions;
  readonly pairs: BracketPairs;
  /** How many more braces the file opens than it closes, less those that are closed for it. */
  extraBraces: number;

  readonly tokens: Token[];
  readonly diagnostics: Diagnostic[];

  /** The innermost bracket last. */
  readonly open: OpenBracket[];
  /** Inserted brackets that end before the token of an index. */
  readonly closeBefore: Map<number, Token>;
  /** Comments that look like divisions, to be hinted at unless a bracket turns out to be missing there. */
  readonly hints: Map<number, IToken>;
  /** Tokens before this index have been taken. */
  goesOnAt: number;
  /** Columns before the first token of the line. */
  indent: number;
  /** How many brackets are open around a repeat whose body is still to come. */
  repeatDepth: number | undefined;
  /** The keyword of the declaration that has begun last. */
  declaring: TokenType | undefined;
  /** Whether the file declares an Input of its own, once that has been asked. */
  isInputOwn: boolean | undefined;
  /** Whether `compile` is a name that the file declares, once that has been asked; known before of a piece of a file. */
  isCompileOwn: boolean | undefined;
  isTooDeepReported: boolean;
}

export function startStructuring(
  file: string,
  input: readonly Token[],
  divisions: IntegerDivisions,
  isCompileOwn: boolean | undefined,
): Structuring {
  return {
    file,
    input,
    divisions,
    pairs: bracketPairs(input),
    extraBraces: count(input, t.LeftBrace) - count(input, t.RightBrace),
    tokens: [],
    diagnostics: [],
    open: [],
    closeBefore: new Map(),
    hints: new Map(),
    goesOnAt: 0,
    indent: 0,
    repeatDepth: undefined,
    declaring: undefined,
    isInputOwn: undefined,
    isCompileOwn,
    isTooDeepReported: false,
  };
}

/** Hands a token on to the parser. */
export function push(state: Structuring, token: Token): void {
  token.depth = state.open.length;
  state.tokens.push(token);
}

/** The token handed on last. */
export function previousToken({ tokens }: Structuring): Token | undefined {
  return tokens.at(-1);
}

/** The offset where the token handed on last ends. */
export function endOfPrevious({ tokens }: Structuring): number {
  const last = tokens.at(-1);
  return last ? tokenEnd(last) : 0;
}

/** What the innermost open bracket encloses. */
export function surroundings({ open }: Structuring): Surroundings {
  return open.at(-1)?.inside ?? "file";
}

/** Whether commas separate what stands here. */
export function isAmongItems(state: Structuring): boolean {
  const where = surroundings(state);
  return where === "values" || where === "names";
}

/** A place without length. */
export function placeAt({ file }: Structuring, offset: number): Span {
  return { file, start: offset, end: offset };
}

function count(tokens: readonly Token[], type: TokenType): number {
  let sum = 0;
  for (const token of tokens) if (token.tokenType === type) sum++;
  return sum;
}
