import * as t from "../../../grammar/tokens.ts";
import type { Edit } from "../edit-tokens.ts";
import { foreignValue } from "./foreign-values.ts";
import { mender, type Rule } from "./mend.ts";
import {
  declares,
  endOf,
  imageAt,
  isAmongValues,
  isType,
  itemsOf,
  placesOf,
  spanOf,
  startOf,
  textOf,
  type Script,
} from "./script.ts";

const mend = mender(foreignValue);

type Item = ReturnType<typeof itemsOf>[number];

/** A call of a function of Python or JavaScript, from its name to its closing parenthesis. */
interface Call {
  readonly script: Script;
  readonly callee: number;
  readonly close: number;
  readonly items: readonly Item[];
}

/** What stands before the arguments of a call, and behind them, so that it is written without the function. */
function around({ script, callee, close }: Call, before: string, behind: string): readonly Edit[] {
  const open = { ...spanOf(script, callee), end: endOf(script, callee + 1) };
  return [
    { span: open, text: before },
    { span: spanOf(script, close), text: behind },
  ];
}

/** Whether all of an argument is one name, number or call. */
function isSimple({ script }: Call, { from, to }: Item): boolean {
  return to === from + 1 || (isType(script, from + 1, t.LeftParen) && script.pairs[from + 1] === to - 1);
}

function powered(call: Call): readonly Edit[] | undefined {
  const [only, second] = call.items;
  if (only === undefined || second !== undefined) return undefined;
  return isSimple(call, only) ? around(call, "", " ** 0.5") : around(call, "(", ") ** 0.5");
}

function roundedUp(call: Call): readonly Edit[] | undefined {
  const [only, second] = call.items;
  if (only === undefined || second !== undefined) return undefined;
  return isSimple(call, only) ? around(call, "-floor(-", ")") : around(call, "-floor(-(", "))");
}

function power(call: Call): readonly Edit[] | undefined {
  const { script, items } = call;
  const [base, exponent, third] = items;
  if (base === undefined || exponent === undefined || third !== undefined) return undefined;
  if (!isSimple(call, base) || !isSimple(call, exponent)) return undefined;
  const comma = { ...spanOf(script, base.to), end: startOf(script, exponent.from) };
  return [...around(call, "", ""), { span: comma, text: " ** " }].toSorted((a, b) => a.span.start - b.span.start);
}

/** The number of items of a list that is an argument, or that a let of the file is. */
function lengthOf(call: Call): readonly Edit[] | undefined {
  const { script, callee, close, items } = call;
  const [only, second] = items;
  if (only === undefined || second !== undefined) return undefined;
  const list = listAt(script, only.from, only.to);
  if (list === undefined) return undefined;
  return [{ span: spanOf(script, callee, close + 1), text: String(itemsOf(script, list).length) }];
}

/** The bracket of the list that a value is: written there, or in the let that it names. */
export function listAt(script: Script, from: number, to: number): number | undefined {
  if (isType(script, from, t.LeftBracket)) return script.pairs[from] === to - 1 ? from : undefined;
  if (to !== from + 1 || !isType(script, from, t.Identifier)) return undefined;
  const name = imageAt(script, from);
  const at = placesOf(script, name).find((each) => imageAt(script, each - 1) === "let");
  return at !== undefined && isType(script, at + 1, t.Equals) && isType(script, at + 2, t.LeftBracket)
    ? at + 2
    : undefined;
}

/** The largest or smallest of numbers that are written there. */
function chosen(choose: (...numbers: readonly number[]) => number) {
  return ({ script, callee, close, items }: Call): readonly Edit[] | undefined => {
    const numbers = items.map(({ from, to }) =>
      isType(script, from, t.NumberLiteral) ? Number(textOf(script, from, to)) : Number.NaN,
    );
    const value = choose(...numbers);
    return Number.isFinite(value) ? [{ span: spanOf(script, callee, close + 1), text: String(value) }] : undefined;
  };
}

function asNumber(call: Call): readonly Edit[] | undefined {
  const { script, callee, close, items } = call;
  const [only, second] = items;
  if (only === undefined || second !== undefined) return undefined;
  if (!/^["']-?inf(?:inity)?["']$/i.test(textOf(script, only.from, only.to))) return around(call, "", "");
  return [{ span: spanOf(script, callee, close + 1), text: "none" }];
}

const functions: ReadonlyMap<string, (call: Call) => readonly Edit[] | undefined> = new Map([
  ["int", (call) => around(call, "floor(", ")")],
  ["trunc", (call) => around(call, "floor(", ")")],
  ["round", (call) => (call.items.length === 1 ? around(call, "floor(", " + 0.5)") : undefined)],
  ["sqrt", powered],
  ["ceil", roundedUp],
  ["pow", power],
  ["len", lengthOf],
  ["float", asNumber],
  ["max", chosen(Math.max)],
  ["min", chosen(Math.min)],
  ["abs", () => undefined],
  ["exp", () => undefined],
  ["log", () => undefined],
  ["sum", () => undefined],
] satisfies readonly (readonly [string, (call: Call) => readonly Edit[] | undefined])[]);

/** `int(width / 2)`, `sqrt(n)`, `len(names)`: functions that expressions don't have. */
export const foreignFunctions: Rule = (script, index) => {
  const name = imageAt(script, index);
  const write = functions.get(name);
  if (write === undefined || !isType(script, index + 1, t.LeftParen) || declares(script, name)) return undefined;
  const isOperand = isType(script, index - 1, t.Equals, t.Plus, t.Minus, t.Star, t.StarStar, t.Slash, t.Percent);
  const close = script.pairs[index + 1] as number;
  if (!(isAmongValues(script, index) || isOperand) || !isType(script, close, t.RightParen)) return undefined;
  const edits = write({ script, callee: index, close, items: itemsOf(script, index + 1) });
  const message = `There is no function '${name}'`;
  if (edits === undefined) {
    const help = "expressions have + - * / % ** and floor(); write out what it comes to";
    return { diagnostic: foreignValue(spanOf(script, index), { message, help }) };
  }
  const text = written(script, index, close, edits);
  return mend(script, index, index + 1, { message, fix: { title: `Write ${text}`, edits } });
};

/** The text from a token up to another with edits, which come in order. */
function written(script: Script, from: number, to: number, edits: readonly Edit[]): string {
  let at = startOf(script, from);
  let text = "";
  for (const edit of edits) {
    text += script.text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return text + script.text.slice(at, endOf(script, to));
}
