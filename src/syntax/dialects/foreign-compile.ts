import * as t from "../../../grammar/tokens.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Edit } from "../edit-tokens.ts";
import { foreignClause } from "./foreign-clauses.ts";
import { mender, type Rule } from "./mend.ts";
import {
  beginsLine,
  beginsStatement,
  declares,
  endOf,
  endOfCall,
  gapOf,
  imageAt,
  isType,
  placeAt,
  spanOf,
  textOf,
  type Script,
} from "./script.ts";

const mend = mender(foreignClause);

/** More arguments than a clause can have. */
const mostArguments = 20;

/** `compile optimizer=adam, loss=bce`, `compile { optimizer: adam loss: bce }`, `compile: adam, bce`, `compile [adam, bce]`. */
export const compileForms: Rule = (script, index) => {
  if (imageAt(script, index) !== "compile" || !beginsStatement(script, index) || declares(script, "compile")) {
    return undefined;
  }
  const isSign = isType(script, index + 1, t.Colon, t.Equals) || /^(?:with|using)$/.test(imageAt(script, index + 1));
  const sign = isSign ? index + 1 : undefined;
  const open = (sign ?? index) + 1;
  const isBracketed = isType(script, open, t.LeftBrace, t.LeftBracket) || (sign !== undefined && isParen(script, open));
  if (!isBracketed && (isParen(script, open) || beginsLine(script, open))) return undefined;
  const close = isBracketed ? (script.pairs[open] as number) : undefined;
  if (close !== undefined && close >= script.tokens.length) return undefined;
  const first = isBracketed ? open + 1 : open;
  const args = argumentsFrom(script, first, close);
  const last = args.at(-1);
  if (last === undefined || (sign !== undefined && !areTrained(script, args))) return undefined;
  const end = close ?? (isType(script, last.to, t.Comma) ? last.to : last.to - 1);
  const words = args.map(({ name, value, to }) =>
    [...(name === undefined ? [] : [name]), unquoted(textOf(script, value, to))].join("="),
  );
  const text = `compile(${words.join(", ")})`;
  const title = text.length > 80 || text.includes("\n") ? "Write compile(...)" : `Write ${text}`;
  const opened = gapOf(script, isBracketed ? open : open - 1, first);
  const closed = end < last.to ? placeAt(script, endOf(script, end)) : gapOf(script, last.to - 1, end);
  const edits = [
    {
      span: { ...opened, start: endOf(script, index), end: isBlank(script, opened) ? opened.end : opened.start },
      text: "(",
    },
    ...args.flatMap((argument) => editsOf(script, argument, argument === last)),
    {
      span: { ...closed, start: isBlank(script, closed) ? closed.start : closed.end, end: endOf(script, end) },
      text: ")",
    },
  ];
  const message = `The arguments of compile stand in parentheses, found '${imageAt(script, index + 1)}'`;
  return mend(script, index, end + 1, { message, fix: { title, edits } }, end + 1);
};

/**
 * Whether `compile` with a sign behind it is the clause: a label of that name has a layer behind it, so only the names of its
 * arguments say so, or two words that are no layers.
 */
function areTrained(script: Script, args: readonly Argument[]): boolean {
  if (args.some(({ name }) => name !== undefined && /^(?:optimizer|loss|metrics)$/.test(name))) return true;
  const [one, other] = args.map(({ value }) => imageAt(script, value));
  if (one === undefined || other === undefined) return false;
  return [one, other].every((word) => /^[a-z]/.test(word) && !declares(script, word));
}

/** An argument: its name, where its value begins, and where it ends. */
interface Argument {
  readonly from: number;
  readonly name?: string;
  readonly value: number;
  readonly to: number;
}

function isParen(script: Script, index: number): boolean {
  return isType(script, index, t.LeftParen);
}

/** The arguments from a place on: up to a bracket, or else those of the line; none where anything else is among them. */
function argumentsFrom(script: Script, first: number, close: number | undefined): readonly Argument[] {
  const args: Argument[] = [];
  let at = first;
  let isBehindComma = true;
  // A comma goes on to the next line only where that has an argument by its name, for a layer may stand there.
  const isEnd = (): boolean =>
    close === undefined
      ? isType(script, at, t.RightBrace) ||
        at >= script.tokens.length ||
        (beginsLine(script, at) && !(isBehindComma && isType(script, at + 1, t.Equals)))
      : at === close;
  while (!isEnd()) {
    if (args.length === mostArguments) return [];
    const isNamed = isType(script, at, t.Identifier) && isType(script, at + 1, t.Equals, t.Colon);
    const value = isNamed ? at + 2 : at;
    const to = endOfValue(script, value);
    // Without a comma a layer may come next.
    const isLayer = !isBehindComma && !isNamed && !/^[a-z]/.test(imageAt(script, at));
    if (to === undefined || isLayer || (isNamed && isOther(imageAt(script, at)))) return [];
    args.push({ from: at, ...(isNamed ? { name: imageAt(script, at) } : {}), value, to });
    isBehindComma = isType(script, to, t.Comma);
    at = isBehindComma ? to + 1 : to;
  }
  return args;
}

/** Whether another clause begins with a word. */
function isOther(word: string): boolean {
  return /^(?:input|weights|labels|repeat)$/.test(word);
}

/** Behind a word, a call, a list or what is in quotes; undefined where none of them is. */
function endOfValue(script: Script, index: number): number | undefined {
  if (isType(script, index, t.StringLiteral, t.WronglyQuotedString)) return index + 1;
  if (isType(script, index, t.LeftBracket)) return (script.pairs[index] as number) + 1;
  if (!isType(script, index, t.Identifier) || isOther(imageAt(script, index))) return undefined;
  return endOfCall(script, index);
}

/** Whether nothing stands there but space in one line. */
function isBlank({ text }: Script, { start, end }: Span): boolean {
  return /^[ \t]*$/.test(text.slice(start, end));
}

function unquoted(text: string): string {
  return text.replace(/(['"])([A-Za-z]\w*)\1/g, "$2");
}

/** Its sign becomes `=`, its words lose their quotes, and it gets a comma. */
function editsOf(script: Script, { from, name, value, to }: Argument, isLast: boolean): readonly Edit[] {
  const edits: Edit[] = [];
  if (name !== undefined && textOf(script, from, value + 1) !== `${name}=${imageAt(script, value)}`) {
    edits.push({ span: gapOf(script, from, value), text: "=" });
  }
  for (let at = value; at < to; at++) {
    const word = unquoted(imageAt(script, at));
    if (word !== imageAt(script, at)) edits.push({ span: spanOf(script, at), text: word });
  }
  if (!isLast && !isType(script, to, t.Comma)) edits.push({ span: placeAt(script, endOf(script, to - 1)), text: "," });
  return edits;
}
