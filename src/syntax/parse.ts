import { EOF, tokenMatcher, type CstNode, type IParserErrorMessageProvider, type IToken } from "chevrotain";
import { LayersParser } from "../../grammar/parser.ts";
import { Colon, Comma, declarationKeywords, Identifier } from "../../grammar/tokens.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { resembledKeyword } from "./misspelt-keywords.ts";
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
  () => ({
    meaning:
      "The compiler read up to the marked place and found something that no rule of the language allows there. The message says what can stand there; most often a word, a value or a bracket before it is missing or one too many.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(=3) }",
      mended: "model M { input [4] Dense(units=3) }",
    },
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
    if (token.inserted || token.afterGap || token.broken || (isEnd && endsInGap)) continue;
    const previous = (error as { previousToken?: Token }).previousToken;
    // What is missing at the end of a line is missing there, not where the next one begins.
    const rules: readonly string[] = error.context.ruleStack;
    // Nothing is missing before what stands where a declaration or a statement could begin.
    const begins = ["declaration", "statement"].includes(rules.at(-1) ?? "") && !isUnfinished(previous);
    const isMissingBefore =
      isEnd || (token.lineStart === true && !begins && previous !== undefined && !isNothing(previous));
    const before = isEnd ? endOffset : previous ? tokenEnd(previous) : 0;
    const span = isMissingBefore
      ? { file, start: before, end: before }
      : { file, start: token.startOffset, end: tokenEnd(token) };
    const help = remedy(rules.at(-1) ?? "", token, previous);
    // A token of another line is not what stands there.
    const isOther = isMissingBefore && !isEnd && rules.some((rule) => /^(?:let|dim)Declaration$/.test(rule));
    const found = isEnd ? "the end of the file" : isOther ? "the end of the line" : describeToken(token);
    diagnostics.push(unexpectedToken(span, { expected: error.message, found, ...(help ? { help } : {}) }));
  }
  // Nothing of the input stays behind with the parser, which lives on.
  parser.input = [];
  return { cst, diagnostics };
}

/** Whether a label waits for its layer. */
function isUnfinished(previous: Token | undefined): boolean {
  return previous !== undefined && tokenMatcher(previous, Colon);
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
      return previous.image === "prefix"
        ? "what the names of the arrays begin with, in double quotes"
        : "the path of a weight file in double quotes";
    case "item":
      return "',' or ']'";
    case "list":
      return expected === "'['" ? listAfter(previous.image) : "',' or ']'";
    case "argument":
    case "callArguments":
      return "',' or ')'";
    default:
      return expected;
  }
}

/** What the clause or the arrow before it takes. */
function listAfter(image: string): string {
  switch (image) {
    case "input":
    case "->":
      return "a shape in square brackets";
    case "labels":
      return "the labels in square brackets";
    default:
      return "a list in square brackets";
  }
}

function remedy(rule: string, found: Token, previous: Token | undefined): string | undefined {
  if (rule === "group" && tokenMatcher(found, Comma)) return "lists are written in square brackets: [10, 10]";
  if (rule === "inputClause" || (rule === "list" && previous?.image === "input"))
    return "write the shape as a list: input [64]";
  if (rule === "list" && previous?.image === "->") {
    return tokenMatcher(found, Identifier)
      ? "'->' asserts the shape that a layer gives: -> [64]; layers stand one after the other, without a sign"
      : "write the shape as a list: -> [64]";
  }
  if (rule === "list" && previous?.image === "labels")
    return 'write the labels as a list of strings: labels ["cat", "dog"]';
  if (rule === "statement" && found.image === "->") {
    return "'->' asserts the shape that the layer before it gives; layers stand one after the other, without a sign";
  }
  if (rule === "statement" && found.image === "(") {
    return "layers stand one after the other, and each takes what the one before it gives";
  }
  if (rule === "primary" && tokenMatcher(found, Comma)) return "there is one comma too many, or a value is missing";
  if (rule === "blockDeclaration" || rule === "parameters")
    return "a block without parameters is declared as: block Name() { ... }";
  if (rule === "importDeclaration" || rule === "importNames") return 'write import { Name } from "./file.layers"';
  if (rule === "declaration" && found.image === "from") return 'write import { Name } from "./file.layers"';
  if (rule === "declaration" && tokenMatcher(found, Identifier)) return didYouMeanKeyword(found.image);
  return undefined;
}

function didYouMeanKeyword(word: string): string | undefined {
  const meant = resembledKeyword(word, [...declarationKeywords.keys()]);
  return meant === undefined ? undefined : `did you mean '${meant}'?`;
}
