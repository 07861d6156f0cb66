import { createToken, Lexer, type TokenType } from "chevrotain";

/** White space of any kind, line breaks included: it separates and means nothing else. */
const WhiteSpace = createToken({
  name: "WhiteSpace",
  pattern: /\s+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** `/// text`, up to the end of the line; four slashes make an ordinary comment. */
const DocComment = createToken({
  name: "DocComment",
  pattern: /\/\/\/(?!\/)[^\r\n]*/,
  group: "docs",
});
const LineComment = createToken({
  name: "LineComment",
  pattern: /\/\/[^\r\n]*/,
  group: "comments",
});
const BlockComment = createToken({
  name: "BlockComment",
  pattern: { exec: matchBlockComment },
  start_chars_hint: ["/"],
  group: "comments",
  line_breaks: true,
});

/** A letter or `_`, then letters, digits and `_`. Keywords are names, too, wherever a name is expected. */
export const Identifier = createToken({
  name: "Identifier",
  label: "a name",
  pattern: /[A-Za-z_][A-Za-z0-9_]*/,
});

/** A word with letters that a name can't have; kept as a name after an error. */
export const ForeignWord = createToken({
  name: "ForeignWord",
  pattern:
    /[A-Za-z_$\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u0370-\u167F\u1681-\u1FFF\u2C00-\u2FFF\u3001-\uD7FF\uF900-\uFDFF][\u0300-\u167F\w$\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u1681-\u1FFF\u2C00-\u2FFF\u3001-\uD7FF\uF900-\uFDFF]*/,
});
Identifier.LONGER_ALT = [ForeignWord];

/** `64`, `0.5`, `.5`, `1e-4`, `25_600`. */
export const NumberLiteral = createToken({
  name: "NumberLiteral",
  label: "a number",
  pattern: /(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?/,
});

/** A number that runs on into something else: `0x10`, `1__0`, `10px`. */
export const MalformedNumber = createToken({
  name: "MalformedNumber",
  pattern: /\.?\d[\w.$]*/,
});
NumberLiteral.LONGER_ALT = [MalformedNumber];

/** `"text"` on one line, with the escapes of JSON. */
export const StringLiteral = createToken({
  name: "StringLiteral",
  label: "a string",
  pattern: { exec: (text: string, offset: number) => matchString(text, offset, '"', '"') },
  start_chars_hint: ['"'],
  line_breaks: false,
});

export const Arrow = createToken({ name: "Arrow", label: "'->'", pattern: /->/ });
export const StarStar = createToken({ name: "StarStar", label: "'**'", pattern: /\*\*/ });
export const Star = createToken({ name: "Star", label: "'*'", pattern: /\*/ });
export const Slash = createToken({ name: "Slash", label: "'/'", pattern: /\// });
export const Percent = createToken({ name: "Percent", label: "'%'", pattern: /%/ });
export const Plus = createToken({ name: "Plus", label: "'+'", pattern: /\+/ });
export const Minus = createToken({ name: "Minus", label: "'-'", pattern: /-/ });
export const Comma = createToken({ name: "Comma", label: "','", pattern: /,/ });
export const Colon = createToken({ name: "Colon", label: "':'", pattern: /:/ });
export const Equals = createToken({ name: "Equals", label: "'='", pattern: /=/ });
export const LeftParen = createToken({ name: "LeftParen", label: "'('", pattern: /\(/ });
export const RightParen = createToken({ name: "RightParen", label: "')'", pattern: /\)/ });
export const LeftBracket = createToken({ name: "LeftBracket", label: "'['", pattern: /\[/ });
export const RightBracket = createToken({ name: "RightBracket", label: "']'", pattern: /\]/ });
export const LeftBrace = createToken({ name: "LeftBrace", label: "'{'", pattern: /\{/ });
export const RightBrace = createToken({ name: "RightBrace", label: "'}'", pattern: /\}/ });

/*
 * Keywords are contextual: the lexer sees every word as an Identifier, and `src/syntax/structure/structure.ts` gives it one of
 * these types where the keyword can stand.
 */
function keyword(name: string, word: string): TokenType {
  return createToken({ name, label: `'${word}'`, pattern: Lexer.NA });
}
export const Import = keyword("Import", "import");
export const From = keyword("From", "from");
export const Let = keyword("Let", "let");
export const Dim = keyword("Dim", "dim");
export const Block = keyword("Block", "block");
export const Model = keyword("Model", "model");
export const Repeat = keyword("Repeat", "repeat");
export const Input = keyword("Input", "input");
export const Weights = keyword("Weights", "weights");
export const Prefix = keyword("Prefix", "prefix");
export const Labels = keyword("Labels", "labels");
export const Compile = keyword("Compile", "compile");
export const True = keyword("True", "true");
export const False = keyword("False", "false");
export const None = keyword("None", "none");

/** Keywords that begin a declaration. */
export const declarationKeywords: ReadonlyMap<string, TokenType> = new Map([
  ["import", Import],
  ["let", Let],
  ["dim", Dim],
  ["block", Block],
  ["model", Model],
]);

/** Keywords that begin a statement of a body. */
export const statementKeywords: ReadonlyMap<string, TokenType> = new Map([
  ["repeat", Repeat],
  ["input", Input],
  ["weights", Weights],
  ["labels", Labels],
  ["compile", Compile],
]);

/** Words that are values. */
export const valueKeywords: ReadonlyMap<string, TokenType> = new Map([
  ["true", True],
  ["false", False],
  ["none", None],
]);

/* What is no Layers at all, each with a token of its own so that its diagnostic can tell the remedy. */

/** A string without its closing quote; ends with the line. */
export const UnterminatedString = createToken({
  name: "UnterminatedString",
  pattern: /["'\u201C\u201D\u201E\u2018\u2019][^\r\n]*/,
});
/** `'text'`, `“text”`, `‘text’`. */
export const WronglyQuotedString = createToken({
  name: "WronglyQuotedString",
  pattern: { exec: matchWrongQuotes },
  start_chars_hint: ["'", "\u201C", "\u201D", "\u201E", "\u2018", "\u2019"],
  line_breaks: false,
});
/** A block comment without its end; runs to the end of its line where code follows, or to the end of the file. */
export const UnterminatedComment = createToken({
  name: "UnterminatedComment",
  pattern:
    /\/\*(?:[^\r\n]*(?=\r?\n\s*(?:[A-Za-z_]\w*:\s*)?(?:[A-Z]\w*\(|\}|(?:input|repeat|weights|labels|compile|model|block|let|dim)\b))|[^]*)/,
  line_breaks: true,
});
/** A comment as in Python. */
export const HashComment = createToken({ name: "HashComment", pattern: /#[^\r\n]*/ });
export const Semicolon = createToken({ name: "Semicolon", label: "';'", pattern: /;/ });
/** Another notation of an operator: `=>`, `^`, `×`. */
export const ForeignOperator = createToken({
  name: "ForeignOperator",
  pattern:
    /=>|==|:=|-->|[\u2192\u21D2^\u00D7\u00F7\u2212\u2013\u2014\uFF0C\uFF1A\uFF1B\uFF1D\uFF08\uFF09\uFF3B\uFF3D\uFF5B\uFF5D\u3010\u3011]/,
});
/** Anything else. */
export const Unknown = createToken({
  name: "Unknown",
  pattern: /[\uD800-\uDBFF][\uDC00-\uDFFF]|[\u0000-\uFFFF]/,
  line_breaks: true,
});

/** Every token that the lexer tries, in order, followed by the keywords, which it never makes by itself. */
export const tokens: readonly TokenType[] = [
  WhiteSpace,
  DocComment,
  LineComment,
  BlockComment,
  UnterminatedComment,
  Identifier,
  ForeignWord,
  NumberLiteral,
  MalformedNumber,
  StringLiteral,
  WronglyQuotedString,
  UnterminatedString,
  HashComment,
  Semicolon,
  ForeignOperator,
  Arrow,
  StarStar,
  Star,
  Slash,
  Percent,
  Plus,
  Minus,
  Comma,
  Colon,
  Equals,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Unknown,
  Import,
  From,
  Let,
  Dim,
  Block,
  Model,
  Repeat,
  Input,
  Weights,
  Labels,
  Compile,
  True,
  False,
  None,
];

type Match = RegExpExecArray | null;

// Patterns of strings and comments are functions because a regular expression that repeats an alternative may
// exhaust its backtracking stack on a very long text.
function found(text: string, start: number, end: number): Match {
  const result = [text.slice(start, end)] as unknown as RegExpExecArray;
  result.index = start;
  result.input = text;
  return result;
}

function matchBlockComment(text: string, offset: number): Match {
  if (!text.startsWith("/*", offset)) return null;
  const end = text.indexOf("*/", offset + 2);
  return end < 0 ? null : found(text, offset, end + 2);
}

function matchString(text: string, offset: number, open: string, close: string): Match {
  if (text[offset] !== open) return null;
  for (let at = offset + 1; at < text.length; at++) {
    const character = text[at];
    if (character === close) return found(text, offset, at + 1);
    if (character === "\n" || character === "\r") return null;
    if (character === "\\") {
      at++;
      if (text[at] === "\n" || text[at] === "\r") return null;
    }
  }
  return null;
}

function matchWrongQuotes(text: string, offset: number): Match {
  for (const [open, close] of ["''", "\u201C\u201D", "\u201D\u201D", "\u201E\u201C", "\u2018\u2019", "\u2019\u2019"]) {
    const match = matchString(text, offset, open as string, close as string);
    if (match) return match;
  }
  return null;
}
