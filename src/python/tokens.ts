import { createToken, Lexer, type TokenType } from "chevrotain";

/** White space within a line; the no-break space of web pages, too. */
const WhiteSpace = createToken({ name: "WhiteSpace", pattern: /[ \t\f\u00A0\uFEFF]+/, group: Lexer.SKIPPED });

/** A line break; whether it ends a statement, its place tells (`lines.ts`). */
export const Newline = createToken({ name: "Newline", pattern: /\r\n?|\n/, line_breaks: true });

/** A backslash at the end of a line: the statement goes on. */
const Continuation = createToken({
  name: "Continuation",
  pattern: /\\[ \t]*(?:\r\n?|\n)/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});

const Comment = createToken({ name: "Comment", pattern: /#[^\r\n]*/, group: Lexer.SKIPPED });

/** A line for the notebook and not for Python: `%matplotlib inline`, `!pip install keras`. */
const Magic = createToken({
  name: "Magic",
  pattern: {
    exec: (text: string, offset: number, before: readonly { readonly tokenType: TokenType }[]) => {
      if (before.length > 0 && before.at(-1)?.tokenType !== Newline) return null;
      return /^(?:%%?[A-Za-z]|![\w./$({])/.test(text.slice(offset, offset + 3)) ? line(text, offset) : null;
    },
  },
  start_chars_hint: ["%", "!"],
  line_breaks: false,
  group: Lexer.SKIPPED,
});

/** A name, or a keyword: the parser is given keywords by `keywords`. */
export const Name = createToken({
  name: "Name",
  pattern:
    /[A-Za-z_\u00AA-\u1FFF\u2C00-\u2FEF\u3005-\uD7FF\uF900-\uFDFF][\w\u00AA-\u1FFF\u2C00-\u2FEF\u3005-\uD7FF\uF900-\uFDFF]*/,
});

/** `64`, `1_000`, `0x40`, `1.`, `.5`, `1e-4`, `2j`. */
export const NumberLiteral = createToken({
  name: "NumberLiteral",
  pattern:
    /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?[jJ]?/,
});

/** A string with its prefix and quotes: `"a"`, `r'a'`, `"""a"""`. */
export const StringLiteral = createToken({
  name: "StringLiteral",
  pattern: { exec: (text: string, offset: number) => matchString(text, offset)?.closed ?? null },
  start_chars_hint: ["'", '"', ..."rRbBuUfFtT"],
  line_breaks: true,
});

/** A string without its closing quotes, up to the end of its line or of the text. */
export const OpenString = createToken({
  name: "OpenString",
  pattern: { exec: (text: string, offset: number) => matchString(text, offset)?.open ?? null },
  start_chars_hint: ["'", '"', ..."rRbBuUfFtT"],
  line_breaks: true,
});

function sign(name: string, pattern: RegExp): TokenType {
  return createToken({ name, pattern });
}
export const AugmentedEquals = sign("AugmentedEquals", /(?:\*\*|\/\/|<<|>>|[-+*/%@&|^])=/);
export const ColonEquals = sign("ColonEquals", /:=/);
export const Comparison = sign("Comparison", /==|!=|<=|>=|<(?!<)|>(?!>)/);
export const Arrow = sign("Arrow", /->/);
export const Power = sign("Power", /\*\*/);
export const Star = sign("Star", /\*/);
/** `/`, `//`, `%`: those that bind like `*`. */
export const Division = sign("Division", /\/\/|[/%]/);
export const At = sign("At", /@/);
/** `+` and `-`. */
export const Sum = sign("Sum", /[-+]/);
/** `<<`, `>>`, `&`, `|`, `^`. */
export const Bitwise = sign("Bitwise", /<<|>>|[&|^]/);
export const Tilde = sign("Tilde", /~/);
export const Equals = sign("Equals", /=/);
export const Ellipsis = sign("Ellipsis", /\.\.\./);
export const Dot = sign("Dot", /\./);
export const Comma = sign("Comma", /,/);
export const Colon = sign("Colon", /:/);
export const Semicolon = sign("Semicolon", /;/);
export const LeftParen = sign("LeftParen", /\(/);
export const RightParen = sign("RightParen", /\)/);
export const LeftBracket = sign("LeftBracket", /\[/);
export const RightBracket = sign("RightBracket", /\]/);
export const LeftBrace = sign("LeftBrace", /\{/);
export const RightBrace = sign("RightBrace", /\}/);

/** What begins nothing in Python. */
export const Unknown = createToken({
  name: "Unknown",
  pattern: /[\uD800-\uDBFF][\uDC00-\uDFFF]|[\u0000-\uFFFF]/,
  line_breaks: true,
});

function keyword(word: string): TokenType {
  return createToken({ name: word.charAt(0).toUpperCase() + word.slice(1), pattern: Lexer.NA });
}
export const And = keyword("and");
export const As = keyword("as");
export const Async = keyword("async");
export const Await = keyword("await");
export const Class = keyword("class");
export const Def = keyword("def");
export const Else = keyword("else");
export const False = keyword("False");
export const For = keyword("for");
export const From = keyword("from");
export const If = keyword("if");
export const Import = keyword("import");
export const In = keyword("in");
export const Is = keyword("is");
export const Lambda = keyword("lambda");
export const None = keyword("None");
export const Not = keyword("not");
export const Or = keyword("or");
export const Return = keyword("return");
export const True = keyword("True");
export const Yield = keyword("yield");

/** Every other keyword: those of statements that are told by their first word alone. */
export const OtherKeyword = createToken({ name: "OtherKeyword", pattern: Lexer.NA });

const own = {
  and: And,
  as: As,
  async: Async,
  await: Await,
  class: Class,
  def: Def,
  else: Else,
  False,
  for: For,
  from: From,
  if: If,
  import: Import,
  in: In,
  is: Is,
  lambda: Lambda,
  None,
  not: Not,
  or: Or,
  return: Return,
  True,
  yield: Yield,
};
const others = "assert break continue del elif except finally global nonlocal pass raise try while with".split(" ");

/** The words that are no names. */
export const keywords: ReadonlyMap<string, TokenType> = new Map([
  ...Object.entries(own),
  ...others.map((word) => [word, OtherKeyword] as const),
]);

/** Every token that the lexer tries, in order, followed by the keywords, which it never makes by itself. */
export const tokens: readonly TokenType[] = [
  WhiteSpace,
  Newline,
  Continuation,
  Comment,
  Magic,
  StringLiteral,
  OpenString,
  Name,
  NumberLiteral,
  AugmentedEquals,
  ColonEquals,
  Comparison,
  Arrow,
  Power,
  Star,
  Division,
  At,
  Sum,
  Bitwise,
  Tilde,
  Equals,
  Ellipsis,
  Dot,
  Comma,
  Colon,
  Semicolon,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Unknown,
  ...new Set(keywords.values()),
];

type Match = RegExpExecArray;

// Functions where a regular expression that repeats an alternative could exhaust its stack on a very long text.
function found(text: string, start: number, end: number): Match {
  const result = [text.slice(start, end)] as unknown as Match;
  result.index = start;
  result.input = text;
  return result;
}

function line(text: string, offset: number): Match {
  const rest = /[\r\n]|$/g;
  rest.lastIndex = offset;
  return found(text, offset, rest.exec(text)?.index ?? text.length);
}

/** The string at `offset`, closed or not. */
function matchString(text: string, offset: number): { readonly closed?: Match; readonly open?: Match } | undefined {
  let at = offset;
  while (at < offset + 2 && /[rRbBuUfFtT]/.test(text[at] ?? "")) at++;
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return undefined;
  const isLong = text.startsWith(quote.repeat(3), at);
  const end = isLong ? quote.repeat(3) : quote;
  at += end.length;
  for (; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") {
      if (text[at + 1] === "\r" && text[at + 2] === "\n") at++;
      at++;
    } else if (!isLong && (character === "\n" || character === "\r")) break;
    else if (character === quote && text.startsWith(end, at)) return { closed: found(text, offset, at + end.length) };
  }
  return { open: found(text, offset, Math.min(at, text.length)) };
}
