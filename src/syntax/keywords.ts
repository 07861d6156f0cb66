import type { TokenType } from "chevrotain";
import * as t from "../../grammar/tokens.ts";
import type { Token } from "./token.ts";

/** Where a word stands: outside of all brackets, in a body, in the braces of an import, or among values. */
export type Surroundings = "file" | "body" | "names" | "values";

const keywordTypes: ReadonlySet<TokenType> = new Set([
  t.Prefix,
  ...t.declarationKeywords.values(),
  ...t.statementKeywords.values(),
]);

/** Whether a value can end with this token. */
export function endsValue(token: Token | undefined): boolean {
  switch (token?.tokenType) {
    case t.Identifier:
    case t.NumberLiteral:
    case t.StringLiteral:
    case t.True:
    case t.False:
    case t.None:
    case t.RightParen:
    case t.RightBracket:
      return true;
    default:
      return false;
  }
}

/** Whether a value can begin with this token and with none that could also go on with the one before. */
export function beginsValue(token: Token | undefined): boolean {
  switch (token?.tokenType) {
    case t.Identifier:
    case t.NumberLiteral:
    case t.StringLiteral:
    case t.LeftBracket:
      return true;
    default:
      return false;
  }
}

/**
 * The keyword that a word is where it stands, if any. A word is a keyword only where a declaration, a statement or a
 * value of that form can stand and no label or argument name does: `input: Dense(3)` names a layer.
 */
export function keywordAt(
  token: Token,
  previous: Token | undefined,
  next: Token | undefined,
  afterNext: Token | undefined,
  surroundings: Surroundings,
): TokenType | undefined {
  const word = token.image;
  if (next?.tokenType === t.Colon) return undefined;
  switch (surroundings) {
    case "names":
      return undefined;
    case "values":
      return valueKeyword(word, previous, next);
    case "file":
      if (word === "from" && previous?.tokenType === t.RightBrace) return t.From;
      if (canBeginDeclaration(token, previous, next, afterNext)) {
        return t.declarationKeywords.get(word) ?? statementKeyword(word, next);
      }
      return previous && !keywordTypes.has(previous.tokenType) ? valueKeyword(word, previous, next) : undefined;
    case "body":
      if (word === "from" && previous?.tokenType === t.RightBrace && next?.tokenType === t.StringLiteral) return t.From;
      if (previous?.tokenType === t.Colon && word === "repeat" && beginsCount(next, afterNext)) return t.Repeat;
      if (previous?.tokenType === t.Repeat) return undefined;
      // Of the strings of a body, only the path of a weights clause has nothing but a word behind it.
      if (word === "prefix" && previous?.tokenType === t.StringLiteral && isPrefix(next, afterNext)) return t.Prefix;
      if (canBeginStatement(token, previous)) {
        return statementKeyword(word, next) ?? declarationInBody(word, next, afterNext);
      }
      return undefined;
  }
}

/** The keyword of a statement; `compile` is one only before its arguments. */
function statementKeyword(word: string, next: Token | undefined): TokenType | undefined {
  if (word === "compile" && next?.tokenType !== t.LeftParen) return undefined;
  return t.statementKeywords.get(word);
}

function valueKeyword(word: string, previous: Token | undefined, next: Token | undefined): TokenType | undefined {
  if (next?.tokenType === t.Equals) return undefined;
  if (previous && keywordTypes.has(previous.tokenType)) return undefined;
  return t.valueKeywords.get(word);
}

function canBeginDeclaration(
  token: Token,
  previous: Token | undefined,
  next: Token | undefined,
  afterNext: Token | undefined,
): boolean {
  if (previous === undefined || previous.tokenType === t.RightBrace || endsValue(previous)) return true;
  return token.lineStart === true && beginsDeclaration(token, next, afterNext);
}

/** Whether a declaration plainly begins here, to tell one even within something unfinished. */
export function beginsDeclaration(token: Token, next: Token | undefined, afterNext: Token | undefined): boolean {
  if (token.tokenType !== t.Identifier && !keywordTypes.has(token.tokenType)) return false;
  if (token.image === "import") return next?.tokenType === t.LeftBrace;
  if (next?.tokenType !== t.Identifier) return false;
  switch (token.image) {
    case "let":
      return afterNext?.tokenType === t.Equals;
    case "dim":
      return afterNext === undefined || afterNext.lineStart === true || afterNext.tokenType === t.RightBrace;
    case "block":
      return afterNext?.tokenType === t.LeftParen;
    case "model":
      return afterNext?.tokenType === t.LeftBrace;
    default:
      return false;
  }
}

function declarationInBody(word: string, next: Token | undefined, afterNext: Token | undefined): TokenType | undefined {
  const isDeclaration =
    word === "import"
      ? next?.tokenType === t.LeftBrace
      : next?.tokenType === t.Identifier && afterNext?.tokenType !== t.Colon;
  return isDeclaration ? t.declarationKeywords.get(word) : undefined;
}

/** Whether a statement of a body can begin with this token. */
export function canBeginStatement(token: Token, previous: Token | undefined): boolean {
  if (previous?.tokenType === t.LeftBrace || previous?.tokenType === t.RightBrace || endsValue(previous)) return true;
  return token.lineStart === true && previous?.tokenType !== t.Colon;
}

function isPrefix(next: Token | undefined, afterNext: Token | undefined): boolean {
  return next?.tokenType === t.StringLiteral && afterNext?.tokenType !== t.Colon;
}

function beginsCount(next: Token | undefined, afterNext: Token | undefined): boolean {
  if (next?.tokenType === t.NumberLiteral || next?.tokenType === t.Minus) return true;
  const types: readonly (TokenType | undefined)[] = [
    t.LeftBrace,
    t.Plus,
    t.Minus,
    t.Star,
    t.Slash,
    t.Percent,
    t.StarStar,
  ];
  return next?.tokenType === t.Identifier && types.includes(afterNext?.tokenType);
}
