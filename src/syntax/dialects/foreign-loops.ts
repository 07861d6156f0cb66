import * as t from "../../../grammar/tokens.ts";
import type { Edit } from "../edit-tokens.ts";
import { foreignStatement, mendStatement } from "./foreign-statements.ts";
import type { Mend, Rule } from "./mend.ts";
import {
  beginsLine,
  beginsStatement,
  declares,
  endOf,
  endOfCall,
  endOfIndented,
  endOfLine,
  gapOf,
  imageAt,
  isType,
  lineLike,
  longestHead,
  placeAt,
  spanOf,
  startOf,
  textOf,
  type Script,
} from "./script.ts";

const loops = "Layers are repeated with repeat count { ... }";

/** `for i in range(3):`, `for (let i = 0; i < 3; i++) {`, `while 3 {`, `loop 3 {`, `repeat i in 3 {`, `repeat 3 times {`. */
export const foreignLoops: Rule = (script, index) => {
  if (!beginsStatement(script, index)) return undefined;
  const word = imageAt(script, index);
  if (!["for", "while", "loop", "foreach", "repeat", "times"].includes(word) || declares(script, word))
    return undefined;
  if (isType(script, index + 1, t.Colon, t.LeftBrace) || !script.tokens[index + 1]) return undefined;
  const lineEnd = endOfLine(script, index, longestHead);
  let head = index + 1;
  while (head < lineEnd && !isType(script, head, t.LeftBrace)) head++;
  const hasBrace = isType(script, head, t.LeftBrace);
  const hasColon = !hasBrace && isType(script, head - 1, t.Colon);
  if (!hasBrace && !hasColon) return undefined;
  const text = textOf(script, index + 1, hasColon ? head - 1 : head);
  const count = word === "repeat" ? countOfRepeat(text, hasColon) : countOf(text);
  if (count === undefined) {
    if (word === "repeat") return undefined;
    const end = hasBrace
      ? Math.min((script.pairs[head] as number) + 1, script.tokens.length)
      : endOfIndented(script, index);
    return loopOverValues(script, index, head, end);
  }
  const bodyEnd = hasBrace
    ? Math.min(script.pairs[head] as number, script.tokens.length)
    : endOfIndented(script, index);
  const variable = /(?:let\s+|int\s+)?([A-Za-z_]\w*)\s*(?:in|=|of)\b|^\(?\s*(?:let|var|int)\s+(\w+)/.exec(text);
  const name = variable?.[1] ?? variable?.[2];
  const body = script.tokens.slice(head, bodyEnd);
  if (name !== undefined && body.some(({ image }) => image === name)) {
    const message = "Every turn of a repeat is the same, so it has no variable";
    const help = "write the layers that differ one after the other";
    const edits = headEdits(script, index, head, bodyEnd, count, hasBrace);
    return { diagnostic: foreignStatement(spanOf(script, index, head), { message, help }), edits, end: head };
  }
  const message = `${loops}, found '${word}'`;
  const shown = word === "repeat" ? `A repeat is written as repeat count { ... }` : message;
  const fix = { title: `Write repeat ${count}`, edits: headEdits(script, index, head, bodyEnd, count, hasBrace) };
  return mendStatement(script, index, head, { message: shown, fix }, head);
};

function headEdits(script: Script, index: number, head: number, end: number, count: string, hasBrace: boolean): Edit[] {
  const repeat = { span: spanOf(script, index, head), text: hasBrace ? `repeat ${count}` : `repeat ${count} {` };
  if (hasBrace) return [repeat];
  return [repeat, { span: placeAt(script, endOf(script, end - 1)), text: `${lineLike(script, index)}}` }];
}

/** How often the loop with this head runs, if it says so. */
function countOf(head: string): string | undefined {
  const patterns = [
    /^\w+\s+in\s+range\(\s*(\w+)\s*\)$/,
    /^\(\s*(?:let|var|int|const)\s+(\w+)\s*=\s*0\s*;\s*\1\s*<\s*(\w+)\s*;.*\)$/,
    /^\(?(\d+)\)?$/,
    /^_\s+in\s+0\.\.(\w+)$/,
  ];
  for (const pattern of patterns) {
    const found = pattern.exec(head);
    if (found !== null) return found.at(-1);
  }
  return undefined;
}

function countOfRepeat(head: string, hasColon: boolean): string | undefined {
  const found = /^(\w+) +times$/.exec(head) ?? /^\w+\s+in\s+(?:range\(\s*)?(\w+)\s*\)?$/.exec(head);
  if (found !== null) return found[1];
  return hasColon && /^\w+$/.test(head) ? head : undefined;
}

/** A loop over values: nothing repeats them, so all of it is left out. */
function loopOverValues(script: Script, index: number, headEnd: number, end: number): Mend {
  const message = "There are no loops over values in a model file";
  const help = "write one layer for each value, or repeat count { ... } for layers that are equal";
  const edits = [{ span: spanOf(script, index, end), text: "" }];
  return { diagnostic: foreignStatement(spanOf(script, index, headEnd), { message, help }), edits, end };
}

/** `repeat { Dense(8) } 3` and `repeat { Dense(8) }`. */
export const repeatWithoutCount: Rule = (script, index) => {
  if (imageAt(script, index) !== "repeat" || !beginsStatement(script, index) || !isType(script, index + 1, t.LeftBrace))
    return undefined;
  // A let of that name is the count.
  if (imageAt(script, index - 1) === "repeat") return undefined;
  const close = script.pairs[index + 1] as number;
  const behind = close + 1;
  if (isType(script, behind, t.NumberLiteral) && !beginsLine(script, behind)) {
    const count = imageAt(script, behind);
    const edits = [
      { span: placeAt(script, endOf(script, index)), text: ` ${count}` },
      { span: { file: script.file, start: endOf(script, close), end: endOf(script, behind) }, text: "" },
    ];
    const fix = { title: `Write repeat ${count} { ... }`, edits };
    return mendStatement(script, index, index + 1, { message: "The count of a repeat stands before its braces", fix });
  }
  const edits = [{ span: placeAt(script, endOf(script, index)), text: " 1" }];
  const diagnostic = foreignStatement(spanOf(script, index), {
    message: "A repeat needs a count before its braces",
    help: "write how often the layers come, for example repeat 3 { ... }",
  });
  return { diagnostic, edits };
};

/** `3 * Dense(8)`, `Dense(8) * 3`, `[Dense(8)] * 3`. */
export const multipliedLayers: Rule = (script, index) => {
  if (!beginsStatement(script, index)) return undefined;
  const isFirst = isType(script, index, t.NumberLiteral) && isType(script, index + 1, t.Star);
  const start = isFirst ? index + 2 : index;
  const inList = isType(script, start, t.LeftBracket);
  const layer = inList ? start + 1 : start;
  if (!/^[A-Z]/.test(imageAt(script, layer)) || !isType(script, layer + 1, t.LeftParen)) return undefined;
  const layerEnd = endOfCall(script, layer);
  if (inList && !isType(script, layerEnd, t.RightBracket)) return undefined;
  const end = inList ? layerEnd + 1 : layerEnd;
  const isLast = isType(script, end, t.Star) && isType(script, end + 1, t.NumberLiteral);
  if (isFirst === isLast) return undefined;
  const count = imageAt(script, isFirst ? index : end + 1);
  const to = isFirst ? end : end + 2;
  const { file } = script;
  const edits = [
    { span: { file, start: startOf(script, index), end: startOf(script, layer) }, text: `repeat ${count} { ` },
    { span: { file, start: endOf(script, layerEnd - 1), end: endOf(script, to - 1) }, text: " }" },
  ];
  return mendStatement(
    script,
    index,
    to,
    { message: loops, fix: { title: `Write repeat ${count} { ... }`, edits } },
    layerEnd,
  );
};

/** `[Dense(8) for i in range(3)]`. */
export const comprehensions: Rule = (script, index) => {
  if (!isType(script, index, t.LeftBracket) || !beginsStatement(script, index)) return undefined;
  const layerEnd = endOfCall(script, index + 1);
  const close = script.pairs[index] as number;
  if (
    !isType(script, index + 1, t.Identifier) ||
    imageAt(script, layerEnd) !== "for" ||
    close >= script.tokens.length
  ) {
    return undefined;
  }
  const count = countOf(textOf(script, layerEnd + 1, close));
  const name = imageAt(script, layerEnd + 1);
  const isUsed = script.tokens.slice(index + 1, layerEnd).some(({ image }) => image === name);
  if (count === undefined || isUsed) return loopOverValues(script, index, close + 1, close + 1);
  const edits = [
    { span: spanOf(script, index), text: `repeat ${count} { ` },
    { span: { ...gapOf(script, layerEnd - 1, layerEnd), end: endOf(script, close) }, text: " }" },
  ];
  const fix = { title: `Write repeat ${count} { ... }`, edits };
  return mendStatement(script, index, close + 1, { message: loops, fix }, layerEnd);
};
