import { EOF, tokenMatcher, type CstNode, type IParserErrorMessageProvider, type IToken } from "chevrotain";
import { LayersParser } from "../../grammar/parser.ts";
import { Comma, declarationKeywords, Identifier, LeftBracket, StringLiteral } from "../../grammar/tokens.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { tokenEnd, type Token } from "./token.ts";
import type { TokenizedSource } from "./tokenize.ts";

export const unexpectedToken = defineDiagnostic<{ expected: string; found: string; help?: string }>(
  "unexpected-token",
  "error",
  "The text doesn't fit the grammar at this place.",
  ({ expected, found, help }) => ({
    message: `Expected ${expected}, found ${found}`,
    ...(help === undefined ? {} : { help }),
  }),
);

/** The messages of the parser are what it expected, in the terms of the language. */
const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName, previous }) =>
    describeMismatch(expected.LABEL ?? expected.name, ruleName, previous),
  buildNotAllInputParsedMessage: () => "the end of the file",
  buildNoViableAltMessage: ({ customUserDescription }) => customUserDescription ?? "something else",
  buildEarlyExitMessage: ({ customUserDescription }) => customUserDescription ?? "something else",
};

let parser: LayersParser | undefined;

/** Parses balanced tokens (see `tokenize`); goes on behind every error at the next item, statement or declaration. */
export function parse(
  file: string,
  { tokens, endsInGap }: TokenizedSource,
): { readonly cst: CstNode; readonly diagnostics: readonly Diagnostic[] } {
  parser ??= new LayersParser({ skipValidations: true, errorMessageProvider: expectations });
  parser.input = tokens as IToken[];
  const cst = parser.file();
  const end = tokens.at(-1);
  const endOffset = end ? tokenEnd(end) : 0;
  const diagnostics: Diagnostic[] = [];
  for (const error of parser.errors) {
    const token = error.token as Token;
    // What is inserted or follows something left out has been reported.
    const isEnd = tokenMatcher(token, EOF);
    if (token.inserted || token.afterGap || (isEnd && endsInGap)) continue;
    const previous = (error as { previousToken?: Token }).previousToken;
    // What is missing at the end of a line is missing there, not where the next one begins.
    const isMissingBefore = isEnd || (token.lineStart === true && previous !== undefined && !isNothing(previous));
    const before = isEnd ? endOffset : previous ? tokenEnd(previous) : 0;
    const span = isMissingBefore
      ? { file, start: before, end: before }
      : { file, start: token.startOffset, end: tokenEnd(token) };
    const misspelt = misspeltClause(token, previous, tokens);
    if (misspelt !== undefined) {
      const { word, help } = misspelt;
      const place = { file, start: word.startOffset, end: tokenEnd(word) };
      diagnostics.push(unexpectedToken(place, { expected: "a layer or a clause", found: `'${word.image}'`, help }));
      continue;
    }
    const rules: readonly string[] = error.context.ruleStack;
    const help = remedy(rules.at(-1) ?? "", token, previous);
    const found = isEnd ? "the end of the file" : describeToken(token);
    diagnostics.push(unexpectedToken(span, { expected: error.message, found, ...(help ? { help } : {}) }));
  }
  // Nothing of the input stays behind with the parser, which lives on.
  parser.input = [];
  return { cst, diagnostics };
}

/**
 * `inpt [64]`, `wieghts "a.keras"`: a layer is never followed by a list, nor by a string that is no label, so its name may be
 * meant for a clause's keyword.
 */
function misspeltClause(
  found: Token,
  previous: Token | undefined,
  tokens: readonly Token[],
): { readonly word: Token; readonly help: string } | undefined {
  if (previous === undefined) return undefined;
  const isList = tokenMatcher(found, LeftBracket);
  const word = isList ? previous : tokenMatcher(previous, StringLiteral) ? tokenBefore(previous, tokens) : undefined;
  if (word === undefined || !tokenMatcher(word, Identifier)) return undefined;
  const { help } = didYouMean(word.image, isList ? ["input", "labels"] : ["weights"]);
  return help === undefined ? undefined : { word, help };
}

/** Tokens lie in the order of their offsets; a file may have very many. */
function tokenBefore(token: Token, tokens: readonly Token[]): Token | undefined {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as Token).startOffset < token.startOffset) low = middle + 1;
    else high = middle;
  }
  return tokens[low - 1];
}

/** Before the first token stands one without a place. */
function isNothing(token: Token): boolean {
  return Number.isNaN(token.startOffset);
}

function describeToken(token: Token): string {
  if (tokenMatcher(token, Identifier)) return `'${token.image}'`;
  const image = token.image.length > 40 ? `${token.image.slice(0, 40)}…` : token.image;
  return image.startsWith('"') ? `the string ${image}` : `'${image}'`;
}

function describeMismatch(expected: string, rule: string, previous: IToken): string {
  switch (rule) {
    case "importName":
    case "letDeclaration":
    case "dimDeclaration":
    case "blockDeclaration":
    case "modelDeclaration":
      return expected === "a name" ? `a name after '${previous.image}'` : `${expected} after '${previous.image}'`;
    case "parameters":
      return expected === "'('" ? "the parameters of the block in parentheses" : expected;
    case "parameter":
      return "the name of a parameter";
    case "body":
      return expected === "'}'" ? "a layer or '}'" : `${expected} to begin a body`;
    case "importDeclaration":
      return expected === "a string" ? "the path of a file in double quotes" : expected;
    case "weightsClause":
      return "the path of a weight file in double quotes";
    case "item":
      return "',' or ']'";
    case "list":
      return expected === "'['" ? "a list in square brackets" : "',' or ']'";
    case "argument":
    case "callArguments":
      return "',' or ')'";
    default:
      return expected;
  }
}

function remedy(rule: string, found: Token, previous: Token | undefined): string | undefined {
  if (rule === "group" && tokenMatcher(found, Comma)) return "lists are written in square brackets: [10, 10]";
  if (rule === "inputClause" || (rule === "list" && previous?.image === "input"))
    return "write the shape as a list: input [64]";
  if (rule === "list" && previous?.image === "->") return "write the shape as a list: -> [64]";
  if (rule === "blockDeclaration" || rule === "parameters")
    return "a block without parameters is declared as: block Name() { ... }";
  if (rule === "importDeclaration" || rule === "importNames") return 'write import { Name } from "./file.layers"';
  if (rule === "declaration" && found.image === "from") return 'write import { Name } from "./file.layers"';
  if (rule === "declaration" && tokenMatcher(found, Identifier)) return didYouMeanKeyword(found.image);
  return undefined;
}

/** Words that begin declarations elsewhere. */
const foreignKeywords: Readonly<Record<string, string>> = {
  const: "let",
  var: "let",
  def: "block",
  function: "block",
  fn: "block",
  class: "model",
  network: "model",
};

function didYouMeanKeyword(word: string): string | undefined {
  const foreign = Object.hasOwn(foreignKeywords, word) ? foreignKeywords[word] : undefined;
  return foreign === undefined ? didYouMean(word, declarationKeywords.keys()).help : `did you mean '${foreign}'?`;
}
