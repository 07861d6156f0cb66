import * as t from "../../../grammar/tokens.ts";
import { hashComment } from "../mend-tokens.ts";
import { endsValue } from "../keywords.ts";
import type { Rule } from "./mend.ts";
import {
  beginsLine,
  endOfLine,
  isAmongValues,
  isAtTop,
  isInBody,
  isType,
  spanOf,
  startOf,
  textOf,
  type Script,
} from "./script.ts";

/** Characters within which a sign and the first letter behind it stand. */
const reach = 40;

/** `-- text`, `% text`, `/ text`, `<!-- text -->`, `; text`: a comment as elsewhere. */
export const foreignComments: Rule = (script, index) => {
  if (!isType(script, index, t.Minus, t.Percent, t.Slash, t.Unknown, t.Semicolon)) return undefined;
  if (isAmongValues(script, index) || !(isAtTop(script, index) || isInBody(script, index))) return undefined;
  const start = startOf(script, index);
  // Before the line is read to its end: it may hold a hundred thousand of these.
  const begun = script.text.slice(start, start + reach);
  const [, sign] = /^(<!--|--(?!>)|%|\/(?!\*)|;;?|"""|REM\b)\s+[A-Za-z]/.exec(begun) ?? [];
  if (sign === undefined) return undefined;
  const isFirst = beginsLine(script, index);
  if (!isFirst && sign !== "/" && sign !== "--") return undefined;
  // A quotient goes on behind a value: 'a / b' has no more words.
  if (!isFirst && !isType(script, index - 1, t.RightBracket, t.RightParen, t.RightBrace)) return undefined;
  const end = endOfLine(script, index);
  const text = textOf(script, index, end);
  const inner = text.endsWith("-->") ? text.slice(sign.length, -3) : text.slice(sign.length);
  if (!/^\s+[A-Za-z]\S*\s+\S/.test(inner)) return undefined;
  if (isFirst && /^[/%-]/.test(sign) && goesOn(script, index)) return undefined;
  const { file } = script;
  const whole = spanOf(script, index, end);
  const tail = text.slice(sign.length + inner.trimEnd().length);
  const edits = [
    { span: { file, start, end: start + sign.length }, text: "//" },
    ...(tail === "" ? [] : [{ span: { file, start: whole.end - tail.length, end: whole.end }, text: "" }]),
  ];
  const diagnostic = hashComment(whole, { span: whole, found: sign, edits });
  return { diagnostic, edits: [{ span: whole, text: "" }], end };
};

/** Whether the line that the sign at `index` begins is the rest of an expression: a name is followed by no other word there. */
function goesOn(script: Script, index: number): boolean {
  if (!endsValue(script.tokens[index - 1])) return false;
  let at = index;
  while (isType(script, at, t.Minus, t.Slash, t.Percent)) at++;
  return !isType(script, at + 1, t.Identifier) || beginsLine(script, at + 1);
}
