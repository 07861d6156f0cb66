import * as t from "../../../grammar/tokens.ts";
import { listAt } from "./foreign-functions.ts";
import { foreignStatement } from "./foreign-statements.ts";
import { foreignValue } from "./foreign-values.ts";
import { mender, type Rule } from "./mend.ts";
import {
  beginsLine,
  beginsStatement,
  declares,
  endOf,
  endOfLine,
  gapOf,
  imageAt,
  isAmongValues,
  isAtTop,
  isType,
  itemsOf,
  spanOf,
  startOf,
  textOf,
  type Script,
} from "./script.ts";

const mend = mender(foreignValue);

const wholeNumbers: ReadonlySet<string> = new Set([
  "Dense",
  "Embedding",
  "RepeatVector",
  "GroupNormalization",
  "floor",
]);

/** `Dropout(20%)`. */
export const percentages: Rule = (script, index) => {
  if (!isType(script, index, t.NumberLiteral) || !isType(script, index + 1, t.Percent)) return undefined;
  if (!isAmongValues(script, index) || !isType(script, index + 2, t.RightParen, t.RightBracket, t.Comma))
    return undefined;
  const open = script.around[index] as number;
  // What takes whole numbers has lost the right side of its division.
  if (isType(script, open, t.LeftBracket) || wholeNumbers.has(imageAt(script, open - 1))) return undefined;
  const text = String(Number(imageAt(script, index)) / 100);
  const message = `A part is written as a fraction: ${text}; '%' gives the rest of a division`;
  const fix = { title: `Write ${text}`, edits: [{ span: spanOf(script, index, index + 2), text }] };
  return mend(script, index, index + 2, { message, fix }, index + 2);
};

/** Those whose second argument can't be a number, or that have one alone. */
const takeOneNumber: ReadonlySet<string> = new Set(["Dropout", "AlphaDropout", "LeakyReLU", "ELU", "l1", "l2"]);

/** `Dropout(0,2)`: a comma before the fraction. */
export const decimalCommas: Rule = (script, index) => {
  if (!isType(script, index, t.Comma) || imageAt(script, index - 1) !== "0") return undefined;
  const next = imageAt(script, index + 1);
  const open = script.around[index] as number;
  if (!takeOneNumber.has(imageAt(script, open - 1)) || open !== index - 2 || !/^\d+$/.test(next)) return undefined;
  if (startOf(script, index + 1) !== endOf(script, index) || script.pairs[open] !== index + 2) return undefined;
  const text = `0.${next}`;
  const message = `A fraction is written with a point: ${text}`;
  const fix = { title: `Write ${text}`, edits: [{ span: spanOf(script, index - 1, index + 2), text }] };
  return mend(script, index - 1, index + 2, { message, fix }, index + 2);
};

/** `sizes[0]`: what stands at that place of the list is taken. */
export const indexes: Rule = (script, index) => {
  if (!isType(script, index, t.LeftBracket) || !isType(script, index - 1, t.Identifier)) return undefined;
  if (endOf(script, index - 1) !== startOf(script, index) || beginsStatement(script, index - 1)) return undefined;
  const isSign = isType(script, index + 1, t.Minus);
  const at = isSign ? index + 2 : index + 1;
  const close = script.pairs[index] as number;
  if (close !== at + 1 || !isType(script, at, t.NumberLiteral)) return undefined;
  const isValue = isAmongValues(script, index) || isType(script, index - 2, t.Equals, t.Star, t.Slash, t.Plus, t.Minus);
  if (!isValue) return undefined;
  const list = listAt(script, index - 1, index);
  const item =
    list === undefined ? undefined : itemsOf(script, list).at((isSign ? -1 : 1) * Number(imageAt(script, at)));
  const text = item === undefined ? undefined : textOf(script, item.from, item.to);
  const message = "Lists have no index";
  const edits = [{ span: spanOf(script, index - 1, close + 1), text: text ?? "none" }];
  if (text === undefined) {
    const help = "write the value itself, or give it a let of its own";
    return { diagnostic: foreignValue(spanOf(script, index - 1, close + 1), { message, help }), edits, end: close + 1 };
  }
  return mend(script, index - 1, close + 1, { message, fix: { title: `Write ${text}`, edits } }, close + 1);
};

/** `64 > 16`, `a && b`: what it comes to is written instead. */
export const comparisons: Rule = (script, index) => {
  const sign = imageAt(script, index);
  if (!/^[<>!&|]$/.test(sign) || !isType(script, index, t.Unknown) || isType(script, index - 1, t.Unknown))
    return undefined;
  const range = rangeOf(script, index);
  if (range === undefined) return undefined;
  const { from, to } = range;
  const text = compared(textOf(script, from, to));
  const edits = [{ span: spanOf(script, from, to), text: text ?? "true" }];
  const message = "There are no comparisons among values";
  if (text === undefined) {
    const help = "write true or false";
    return { diagnostic: foreignStatement(spanOf(script, from, to), { message, help }), edits, end: to };
  }
  const fix = { title: `Write ${text}`, edits };
  return { diagnostic: foreignStatement(spanOf(script, from, to), { message, fix }), end: to };
};

/** The value around a sign: an argument, an item, or what stands behind the '=' of a let. */
function rangeOf(script: Script, index: number): { readonly from: number; readonly to: number } | undefined {
  if (isAmongValues(script, index)) {
    const item = itemsOf(script, script.around[index] as number).find(({ from, to }) => from <= index && index < to);
    if (item === undefined) return undefined;
    return isType(script, item.from + 1, t.Equals) ? { from: item.from + 2, to: item.to } : item;
  }
  if (!isAtTop(script, index)) return undefined;
  for (let at = index - 1; at > Math.max(0, index - mostTokens); at--) {
    if (isType(script, at, t.Equals) && imageAt(script, at - 2) === "let")
      return { from: at + 1, to: endOfLine(script, index) };
  }
  return undefined;
}

/** A value of a let that persons write has fewer tokens. */
const mostTokens = 40;

function compared(text: string): string | undefined {
  const [, left, sign, right] = /^(\d+(?:\.\d+)?)\s*([<>])(?!=)\s*(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  return String(sign === ">" ? Number(left) > Number(right) : Number(left) < Number(right));
}

/** `...sizes`, `*sizes`, `**config` in a call. */
export const unpacked: Rule = (script, index) => {
  const open = script.around[index] as number;
  if (
    !isType(script, open, t.LeftParen, t.LeftBracket) ||
    !isType(script, index - 1, t.LeftParen, t.LeftBracket, t.Comma)
  )
    return undefined;
  let name = index;
  while (name < index + 3 && imageAt(script, name) === ".") name++;
  const isSpread = name === index + 3;
  if (!isSpread) name = isType(script, index, t.Star, t.StarStar) ? index + 1 : index;
  if (
    name === index ||
    !isType(script, name, t.Identifier) ||
    !isType(script, name + 1, t.RightParen, t.RightBracket, t.Comma)
  )
    return undefined;
  const list = listAt(script, name, name + 1);
  const items = list === undefined ? "" : textOf(script, list + 1, script.pairs[list] as number);
  const isShort = items !== "" && !items.includes(",");
  const edits = [{ span: spanOf(script, index, name + 1), text: isShort ? items : "" }];
  const message = `Arguments are written one by one, found '${textOf(script, index, name + 1)}'`;
  if (!isShort) return { diagnostic: foreignValue(spanOf(script, index, name + 1), { message }), edits, end: name + 1 };
  return mend(script, index, name + 1, { message, fix: { title: `Write ${items}`, edits } }, name + 1);
};

/** `Dense(16,, activation=relu)` and `Dense(, 16)`. */
export const doubledCommas: Rule = (script, index) => {
  if (!isType(script, index, t.Comma) || !isAmongValues(script, index)) return undefined;
  if (!isType(script, index - 1, t.Comma, t.LeftParen, t.LeftBracket)) return undefined;
  const next = index + 1;
  const isFirst = !isType(script, index - 1, t.Comma);
  const end = isFirst ? startOf(script, next) : endOf(script, index);
  const edits = [{ span: { ...spanOf(script, index), end }, text: "" }];
  return mend(script, index, next, { message: "There is one comma too many", fix: { title: "Delete ','", edits } });
};

/** Names of arguments that are no values: of those that take words, and of others. */
const wordArguments = /^(?:activation|use_bias|(?:kernel|bias|activity)_(?:initializer|regularizer|constraint))$/;
const sizeArguments = /^(?:units|rate|axis|epsilon|momentum|target_shape|dims|scale|offset|input_dim|output_dim)$/;

/** `activation relu` in a call. */
export const missingEquals: Rule = (script, index) => {
  const name = imageAt(script, index);
  if (
    !(wordArguments.test(name) || sizeArguments.test(name)) ||
    !isType(script, index - 1, t.LeftParen, t.Comma) ||
    declares(script, name)
  )
    return undefined;
  if (!isType(script, script.around[index] as number, t.LeftParen)) return undefined;
  const isWord = wordArguments.test(name);
  const types = isWord ? [t.Identifier, t.StringLiteral, t.WronglyQuotedString] : [t.NumberLiteral, t.LeftBracket];
  if (!isType(script, index + 1, ...types)) return undefined;
  if (beginsLine(script, index + 1)) return undefined;
  if (isType(script, index + 1, t.LeftBracket) && endOf(script, index) === startOf(script, index + 1)) return undefined;
  const gap = gapOf(script, index, index + 1);
  const message = "An argument is named with '=', which is missing";
  return mend(script, index, index + 1, { message, fix: { title: "Insert '='", edits: [{ span: gap, text: "=" }] } });
};
