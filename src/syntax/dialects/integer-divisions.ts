import * as t from "../../../grammar/tokens.ts";
import { foreignValue } from "./foreign-values.ts";
import { mender, type Rule } from "./mend.ts";
import { beginsLine, endOf, isAmongValues, isType, spanOf, startOf, type Script } from "./script.ts";

const mend = mender(foreignValue);

/** The characters within which a division stands that persons write. */
const reach = 120;

/** `Dense(width // 2)`: what closes the bracket is part of the comment, so that a division is certainly meant. */
export const integerDivisions: Rule = (script, index) => {
  if (!isType(script, index, t.Identifier, t.NumberLiteral, t.RightParen) || !isAmongValues(script, index))
    return undefined;
  const next = index + 1;
  const isCut =
    next >= script.tokens.length || (beginsLine(script, next) && isType(script, next, t.Identifier, t.RightBrace));
  if (!isCut) return undefined;
  const start = endOf(script, index);
  const rest = script.text.slice(start, start + reach);
  const [whole, divisor, tail] = /^[ \t]*\/\/[ \t]*(\d+|[A-Za-z_]\w*)([ \t]*[)\],][^\r\n]*)/.exec(rest) ?? [];
  if (whole === undefined || divisor === undefined || tail === undefined || !/[)\]]/.test(tail)) return undefined;
  const from = startOfOperand(script, index);
  if (from === undefined) return undefined;
  const operand = script.text.slice(startOf(script, from), start);
  const text = `floor(${operand} / ${divisor})`;
  const span = { ...spanOf(script, from, next), end: start + whole.length };
  const message = "'//' begins a comment; an integer division is floor(a / b)";
  return mend(
    script,
    from,
    next,
    { message, fix: { title: `Write ${text}`, edits: [{ span, text: text + tail }] } },
    next,
  );
};

/** Where the value begins that ends with the token at `index`: behind a bracket, a comma or an '='. */
function startOfOperand(script: Script, index: number): number | undefined {
  const open = script.around[index] as number;
  for (let at = index; at > Math.max(open, index - reach); at--) {
    if (script.around[at] !== open) continue;
    if (isType(script, at - 1, t.Plus, t.Minus)) return at;
    if (at - 1 === open || isType(script, at - 1, t.Comma, t.Equals)) return at;
  }
  return undefined;
}
