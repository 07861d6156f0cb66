import * as t from "../../grammar/tokens.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { BracketPairs } from "./bracket-pairs.ts";
import { endsValue } from "./keywords.ts";
import type { Token } from "./token.ts";

export const argumentsWithoutParentheses = defineDiagnostic<{
  readonly name: string;
  /** Between the name and the arguments. */
  readonly gap: Span;
  /** Behind the arguments. */
  readonly end: Span;
}>(
  "arguments-without-parentheses",
  "error",
  "The arguments of a layer stand behind its name without parentheses.",
  ({ name, gap, end }) => ({
    message: `The arguments of ${name} stand in parentheses`,
    fix: {
      title: "Insert '(' and ')'",
      edits: [
        { span: gap, text: "(" },
        { span: end, text: ")" },
      ],
    },
  }),
  () => ({
    meaning: "The arguments of a layer stand in parentheses behind its name, also when there is only one.",
    example: { kind: "source", source: "model M { input [4] Dense 3 }" },
  }),
);

/** Whether a number follows the name of a layer as if it were an argument: `Dense 3`. */
export function isBareArgument(token: Token, tokens: readonly Token[]): boolean {
  const [before, name] = tokens.slice(-2);
  if (token.tokenType !== t.NumberLiteral || token.lineStart === true) return false;
  if (name?.tokenType !== t.Identifier || before === undefined) return false;
  return endsValue(before) || [t.LeftBrace, t.RightBrace, t.Colon].includes(before.tokenType);
}

/** The index behind the arguments that begin at `index`: those that go on on the same line, after a comma with a name. */
export function endOfBareArguments(input: readonly Token[], index: number, pairs: BracketPairs): number {
  let at = index;
  for (;;) {
    const next = input[at + 1];
    if (next === undefined || next.lineStart === true) return at + 1;
    switch (next.tokenType) {
      case t.Plus:
      case t.Minus:
      case t.Star:
      case t.StarStar:
      case t.Slash:
      case t.Percent:
      case t.Equals:
        at++;
        break;
      case t.Comma:
        if (input[at + 2]?.tokenType !== t.Identifier || input[at + 3]?.tokenType !== t.Equals) return at + 1;
        at += 3;
        break;
      case t.LeftParen:
      case t.LeftBracket: {
        const close = pairs[at + 1] as number;
        if (close >= input.length) return at + 1;
        at = close;
        break;
      }
      default:
        if (endsValue(input[at]) || !endsValue(next)) return at + 1;
        at++;
    }
  }
}
