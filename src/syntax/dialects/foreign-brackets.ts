import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { detailsOf, fixer, type Rule } from "./mend.ts";
import {
  beginsLine,
  beginsStatement,
  endOf,
  imageAt,
  isAtTop,
  isType,
  placeAt,
  spanOf,
  startOf,
  type Script,
} from "./script.ts";

export const foreignBracket = defineDiagnostic(
  "foreign-bracket",
  "error",
  "A bracket is of another kind than its place takes, or stands too early.",
  detailsOf,
  () => ({
    meaning:
      "Arguments stand in parentheses, lists in square brackets, bodies in braces. A body goes up to its closing brace, and nothing but declarations can follow it.",
    example: { kind: "source", source: "model M { input [4] Dense{3} }" },
  }),
);

const mend = fixer(foreignBracket);

/** `Dense{16}` and `Dense[16]`. */
export const argumentBrackets: Rule = (script, index) => {
  if (!isType(script, index, t.LeftBrace, t.LeftBracket) || !isType(script, index - 1, t.Identifier)) return undefined;
  const name = imageAt(script, index - 1);
  if (!/^[A-Z]/.test(name) || endOf(script, index - 1) !== startOf(script, index)) return undefined;
  const isLabelled = isType(script, index - 2, t.Colon);
  // The count of a repeat may be a let in capitals, and its body follows.
  if ((!isLabelled && !beginsStatement(script, index - 1)) || imageAt(script, index - 2) === "repeat") return undefined;
  const close = script.pairs[index] as number;
  const isNamed = isType(script, index + 1, t.Identifier) && isType(script, index + 2, t.Equals);
  if (!isNamed && !isType(script, index + 1, t.NumberLiteral)) return undefined;
  if (!isType(script, close, t.RightBrace, t.RightBracket)) return undefined;
  if (isType(script, close + 1, t.RightParen) && !isType(script, script.openers[close + 1] as number, t.LeftParen)) {
    const edits = [{ span: placeAt(script, startOf(script, index)), text: "(" }];
    return mend(script, index, index + 1, `The '(' behind ${name} is missing`, "Insert '('", edits, index + 1);
  }
  const found = imageAt(script, index);
  const edits = [
    { span: spanOf(script, index), text: "(" },
    { span: spanOf(script, close), text: ")" },
  ];
  const message = `Arguments stand in parentheses, found '${found}'`;
  return mend(script, index, index + 1, message, "Write '(' and ')'", edits, index + 1);
};

/** A body that is closed before its last layers: its brace goes to where another one closes nothing. */
export const earlyBraces: Rule = (script, index) => {
  if (!isType(script, index, t.RightBrace) || !isAtTop(script, index) || (script.openers[index] as number) < 0)
    return undefined;
  const next = index + 1;
  const isLayer =
    isType(script, next, t.Identifier) && /^[A-Z]/.test(imageAt(script, next)) && isType(script, next + 1, t.LeftParen);
  if (!isLayer || !beginsLine(script, index)) return undefined;
  const end = endOfLayers(script, next);
  if (!isType(script, end, t.RightBrace) || (script.openers[end] as number) >= 0) return undefined;
  const { file } = script;
  const edits = [{ span: { file, start: endOf(script, index - 1), end: endOf(script, index) }, text: "" }];
  const message = "The body is closed here, but layers follow, and another '}' behind them";
  return mend(script, index, next, message, "Delete '}'", edits, next);
};

/** The index behind calls that stand one after the other outside of all brackets. */
function endOfLayers(script: Script, index: number): number {
  let end = index;
  while (isType(script, end, t.Identifier)) {
    const open = isType(script, end + 1, t.Colon) ? end + 3 : end + 1;
    if (!isType(script, open, t.LeftParen)) return end;
    end = (script.pairs[open] as number) + 1;
  }
  return end;
}

/** A comment that is closed twice: the inner one has ended it. */
export const nestedComments: Rule = (script, index) => {
  if (!isType(script, index, t.Star) || !isType(script, index + 1, t.Slash)) return undefined;
  if (endOf(script, index) !== startOf(script, index + 1)) return undefined;
  const before = script.text.slice(Math.max(0, startOf(script, index) - reach), startOf(script, index));
  const close = before.lastIndexOf("*/");
  if (close < 0 || before.slice(0, close).split("/*").length < 3) return undefined;
  const start = startOf(script, index) - before.length + close;
  const file = script.file;
  const span = { file, start: start + 2, end: endOf(script, index + 1) };
  const fix = { title: "Delete the '*/' inside", edits: [{ span: { file, start, end: start + 2 }, text: "" }] };
  const message = "Comments don't nest: this one has ended before";
  const diagnostic = foreignBracket(spanOf(script, index, index + 2), { message, fix });
  let from = index;
  while (from > 0 && startOf(script, from - 1) >= span.start) from--;
  return { diagnostic, edits: [{ span: { ...span, start: startOf(script, from) }, text: "" }], end: index + 2 };
};

/** Characters that a comment of a person has at most. */
const reach = 1000;
