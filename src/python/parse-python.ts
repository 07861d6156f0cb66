import { Lexer, type IToken, type TokenType } from "chevrotain";
import type { Checked, Span } from "../diagnostics/diagnostic.ts";
import type { Source } from "../syntax/source.ts";
import type { BlockStatement, PythonFile, Statement } from "./ast.ts";
import { scriptSyntax, scriptTooLarge } from "./diagnostics.ts";
import { StatementParser, type Head } from "./grammar/statement-parser.ts";
import { maxBrackets, maxScriptLength } from "./limits.ts";
import { readLines, type Line } from "./lines.ts";
import * as t from "./tokens.ts";

let lexer: Lexer | undefined;
let parser: StatementParser | undefined;

/**
 * Reads a script of Python, whole or a part of one, as statements; nothing of it is run. A statement that the grammar does not
 * take is kept as one that is not read. Where nobody can tell where statements end, there are none, and an error. Never throws.
 */
export function parsePython({ path, text }: Source): Checked<PythonFile> {
  const fail = (diagnostic: ReturnType<typeof scriptSyntax>): Checked<PythonFile> => ({
    value: { statements: [] },
    diagnostics: [diagnostic],
  });
  if (text.length > maxScriptLength) {
    const span = { file: path, start: 0, end: 0 };
    return fail(scriptTooLarge(span, { length: text.length, most: maxScriptLength }));
  }
  lexer ??= new Lexer(t.tokens as TokenType[], {
    positionTracking: "onlyOffset",
    ensureOptimizations: true,
    skipValidations: true,
  });
  const { tokens } = lexer.tokenize(text);
  for (const token of tokens) {
    const type = token.tokenType === t.Name ? t.keywords.get(token.image) : undefined;
    if (type !== undefined) retype(token, type);
  }
  const { lines, problem } = readLines(text, tokens);
  if (problem !== undefined) {
    const { start, end, reason } = problem;
    return fail(scriptSyntax({ file: path, start, end }, { reason }));
  }
  parser ??= new StatementParser(true);
  parser.file = path;
  const statements = readStatements(lines, parser);
  // The tokens of a long script are not to be kept until the next one.
  parser.input = [];
  return { value: { statements }, diagnostics: [] };
}

function retype(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx as number;
}

function readStatements(lines: readonly Line[], reader: StatementParser): readonly Statement[] {
  return lines.map((line) => (line.isBlock ? readBlock(line, reader) : readSimple(line, reader)));
}

function readSimple({ tokens }: Line, reader: StatementParser): Statement {
  return parse(tokens, reader, () => reader.statement()) ?? unread(tokens, reader);
}

function unread(tokens: readonly IToken[], reader: StatementParser): Statement {
  const [first, second] = tokens;
  const foreign = tokens.find(({ tokenType }) => tokenType === t.Unknown);
  return {
    kind: "unread",
    names: namesIn(tokens),
    ...(first?.tokenType === t.Name && second?.tokenType === t.Equals ? { target: first.image } : {}),
    reason: foreign === undefined ? "it is no statement of Python" : reasonOf(foreign.image),
    span: spanOf(foreign === undefined ? tokens : [foreign], reader),
  };
}

/** Why a character is none of Python. */
function reasonOf(image: string): string {
  return /[\u2018-\u201F\u00AB\u00BB]/.test(image)
    ? "quotes of Python are straight"
    : `'${image}' is no sign of Python`;
}

/** A block whose head the grammar does not take still has its word and its body. */
function readBlock({ tokens, body: lines }: Line, reader: StatementParser): BlockStatement {
  const { file } = reader;
  const names = namesIn(tokens);
  const levels = 1;
  const unreadHead = (): Head => {
    const at = tokens.findIndex(({ image }) => image !== "async");
    const named = tokens[at + 1];
    return {
      word: tokens[at]?.image ?? "",
      ...(named?.tokenType === t.Name ? { name: named.image } : {}),
      parts: names.map((name) => ({ kind: "name", name, levels, span: spanOf(tokens, reader) }) as const),
      targets: [],
    };
  };
  const head = parse(tokens, reader, () => reader.head()) ?? unreadHead();
  const body = readStatements(lines, reader);
  const span = spanOf(tokens, reader, file);
  const last = body.at(-1);
  const end = last === undefined ? span.end : last.kind === "block" ? last.end : last.span.end;
  return { kind: "block", ...head, body, span, end };
}

/** What a rule makes of tokens if it takes all of them; undefined otherwise. */
function parse<Result>(tokens: readonly IToken[], reader: StatementParser, rule: () => Result): Result | undefined {
  // Nothing else calls itself in the grammar without a bracket.
  if (tokens.filter(({ tokenType }) => tokenType === t.Lambda).length > maxBrackets) return undefined;
  reader.input = tokens as IToken[];
  const result = rule();
  return reader.errors.length === 0 ? result : undefined;
}

function namesIn(tokens: readonly IToken[]): readonly string[] {
  return [...new Set(tokens.filter(({ tokenType }) => tokenType === t.Name).map(({ image }) => image))];
}

function spanOf(tokens: readonly IToken[], { file }: StatementParser, path = file): Span {
  const [first, last] = [tokens[0] as IToken, tokens.at(-1) as IToken];
  return { file: path, start: first.startOffset, end: last.startOffset + last.image.length };
}
