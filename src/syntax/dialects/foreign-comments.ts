import * as t from "../../../grammar/tokens.ts";
import { hashComment } from "../mend-tokens.ts";
import type { Rule } from "./mend.ts";
import {
  beginsLine,
  endOfLine,
  imageAt,
  isAmongValues,
  isAtTop,
  isInBody,
  isType,
  spanOf,
  startOf,
  textOf,
} from "./script.ts";

/** `-- text`, `% text`, `/ text`, `<!-- text -->`, `; text`: a comment as elsewhere. */
export const foreignComments: Rule = (script, index) => {
  if (isAmongValues(script, index) || !(isAtTop(script, index) || isInBody(script, index))) return undefined;
  const end = endOfLine(script, index);
  const text = textOf(script, index, end);
  const isFirst = beginsLine(script, index);
  const sign = /^(?:<!--|--(?!>)|%|\/(?!\*)|;;?|"""|REM\b)/.exec(text)?.[0];
  if (sign === undefined || !isType(script, index, t.Minus, t.Percent, t.Slash, t.Unknown, t.Semicolon))
    return undefined;
  const words = text.slice(sign.length).replace(/\s*-->\s*$/, "");
  if (!/^\s+[A-Za-z]\S*\s+\S/.test(words) || (!isFirst && sign !== "/" && sign !== "--")) return undefined;
  // A quotient goes on behind a value: 'a / b' has no more words.
  if (!isFirst && !isType(script, index - 1, t.RightBracket, t.RightParen, t.RightBrace)) return undefined;
  const { file } = script;
  const start = startOf(script, index);
  const whole = spanOf(script, index, end);
  const tail = /\s*-->\s*$/.exec(text)?.[0] ?? "";
  const edits = [
    { span: { file, start, end: start + sign.length }, text: "//" },
    ...(tail === "" ? [] : [{ span: { file, start: whole.end - tail.length, end: whole.end }, text: "" }]),
  ];
  const diagnostic = hashComment(whole, { span: whole, found: sign, edits });
  return { diagnostic, edits: [{ span: whole, text: "" }], end: imageAt(script, end) === "" ? end : end };
};
