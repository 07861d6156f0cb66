import * as t from "../../../grammar/tokens.ts";
import { missingBodyBrace } from "../bracket-diagnostics.ts";
import type { Edit } from "../edit-tokens.ts";
import { endsValue } from "../keywords.ts";
import type { Mend, Rule } from "./mend.ts";
import {
  beginsLine,
  beginsStatement,
  endOf,
  endOfIndented,
  endOfLine,
  imageAt,
  isAtTop,
  isType,
  lineLike,
  placeAt,
  spanOf,
  type Script,
} from "./script.ts";

/** Words that begin a declaration with a body, and the keyword that each is here. */
const heads: ReadonlyMap<string, "model" | "block"> = new Map([
  ["model", "model"],
  ["class", "model"],
  ["network", "model"],
  ["block", "block"],
  ["def", "block"],
  ["function", "block"],
  ["fn", "block"],
]);

/** `model Iris:` with its layers indented, `def hidden(units):`, `model Iris begin ... end`. */
export const indentedBodies: Rule = (script, index) => {
  const keyword = heads.get(imageAt(script, index));
  if (keyword === undefined || !isAtTop(script, index) || !isType(script, index + 1, t.Identifier)) return undefined;
  if (index > 0 && !beginsLine(script, index)) return undefined;
  const word = imageAt(script, index);
  let head = index + 2;
  if (isType(script, head, t.LeftParen)) {
    if (keyword === "model") return undefined;
    head = (script.pairs[head] as number) + 1;
  } else if (keyword === "block") {
    return undefined;
  }
  const edits: Edit[] = word === keyword ? [] : [{ span: spanOf(script, index), text: keyword }];
  return indentedBody(script, index, head, { keyword, name: imageAt(script, index + 1) }, edits);
};

/** `repeat 3:` and `repeat 3` with their layers indented. */
export const indentedRepeats: Rule = (script, index) => {
  if (imageAt(script, index) !== "repeat" || !beginsStatement(script, index)) return undefined;
  if (isType(script, index + 1, t.Colon, t.LeftBrace)) return undefined;
  const end = endOfLine(script, index);
  const head = isType(script, end - 1, t.Colon) ? end - 1 : end;
  if (head === index + 1 || !endsValue(script.tokens[head - 1])) return undefined;
  for (let at = index; at < end; at++) if (isType(script, at, t.LeftBrace)) return undefined;
  return indentedBody(script, index, head, { keyword: "repeat" }, []);
};

function indentedBody(
  script: Script,
  index: number,
  head: number,
  owner: { readonly keyword: "model" | "block" | "repeat"; readonly name?: string },
  more: readonly Edit[],
): Mend | undefined {
  // A brace on a line of its own, or an expression that goes on there.
  if (isType(script, head, t.LeftBrace, t.Minus, t.Plus, t.Star, t.StarStar, t.Slash, t.Percent)) return undefined;
  const opener = imageAt(script, head);
  const isWord = ["begin", "do"].includes(opener);
  const found = isType(script, head, t.Colon) || isWord ? head : undefined;
  if (!beginsLine(script, found === undefined ? head : head + 1)) return undefined;
  const end = endOfIndented(script, index);
  if (end === endOfLine(script, index)) return undefined;
  const isEnd = imageAt(script, end) === "end";
  if (isType(script, end, t.RightBrace)) {
    // Only the opening brace is missing, or a colon stands in its place.
    if (found === undefined || owner.keyword === "repeat") return undefined;
  }
  const { file } = script;
  const opening = { span: { file, start: endOf(script, head - 1), end: endOf(script, found ?? head - 1) }, text: " {" };
  const closing = isEnd
    ? [{ span: spanOf(script, end), text: "}" }]
    : isType(script, end, t.RightBrace) && owner.keyword !== "repeat"
      ? []
      : [{ span: placeAt(script, endOf(script, end - 1)), text: `${lineLike(script, index)}}` }];
  const at = found === undefined ? placeAt(script, endOf(script, head - 1)) : spanOf(script, found);
  const isClosed = closing.length === 0;
  const title = isClosed ? "Write '{'" : found === undefined ? "Insert '{' and '}'" : "Write '{' and '}'";
  const layout = {
    found: found === undefined ? undefined : opener,
    fix: { title, edits: [...more, opening, ...closing] },
  };
  return { diagnostic: missingBodyBrace(at, { at, ...owner, layout }), end: head };
}

/** `model Iris [ ... ]` is left to others; `repeat 3 ( ... )` has parentheses in the place of braces. */
export const parenthesizedRepeats: Rule = (script, index) => {
  if (!isType(script, index, t.LeftParen, t.LeftBracket) || imageAt(script, index - 2) !== "repeat") return undefined;
  if (!beginsStatement(script, index - 2) || !isType(script, index - 1, t.NumberLiteral)) return undefined;
  const close = script.pairs[index] as number;
  if (close >= script.tokens.length || !isType(script, index + 1, t.Identifier)) return undefined;
  const at = spanOf(script, index);
  const edits: Edit[] = [{ span: at, text: "{" }];
  for (let inner = index + 1; inner < close; inner++) {
    if (script.around[inner] === index && isType(script, inner, t.Comma))
      edits.push({ span: spanOf(script, inner), text: "" });
  }
  edits.push({ span: spanOf(script, close), text: "}" });
  const layout = { found: imageAt(script, index), fix: { title: "Write '{' and '}'", edits } };
  return { diagnostic: missingBodyBrace(at, { at, keyword: "repeat", layout }), end: index + 1 };
};
