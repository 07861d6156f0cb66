import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { detailsOf, type Rule } from "./mend.ts";
import { beginsLine, imageAt, isAtTop, isType, spanOf, type Script } from "./script.ts";

export const groupingBraces = defineDiagnostic(
  "grouping-braces",
  "error",
  "Braces stand around layers that are no body of their own.",
  detailsOf,
  () => ({
    meaning:
      "Braces hold the body of a model, a block or a repeat, and group nothing else. Layers that belong together are a block.",
    example: { kind: "source", source: "model M {\n  input [4]\n  { Dense(8) Dense(4) }\n  Dense(3)\n}" },
  }),
);

/** `model Iris {{` and a group of layers in braces. */
export const groupedLayers: Rule = (script, index) => {
  if (!isType(script, index, t.LeftBrace)) return undefined;
  const isDouble = isType(script, index - 1, t.LeftBrace) && isAtTop(script, index - 1);
  const close = script.pairs[index] as number;
  const isGroup =
    (isDouble || (beginsLine(script, index) && script.around[index] !== -1)) && isType(script, index + 1, t.Identifier);
  if (!isGroup || !isType(script, script.around[index] as number, t.LeftBrace)) return undefined;
  if (isType(script, index - 1, t.Identifier, t.RightParen, t.NumberLiteral) && !beginsLine(script, index))
    return undefined;
  if (isBodyOfRepeat(script, index)) return undefined;
  const owner = script.around[index] as number;
  const hasPair = close < script.tokens.length && (script.pairs[owner] as number) < script.tokens.length;
  const edits = [
    { span: spanOf(script, index), text: "" },
    ...(hasPair ? [{ span: spanOf(script, close), text: "" }] : []),
  ];
  const message = "Braces group nothing here: they hold the body of a model, a block or a repeat";
  const fix = { title: hasPair ? "Delete '{' and '}'" : "Delete '{'", edits };
  return { diagnostic: groupingBraces(spanOf(script, index), { message, fix }), end: index + 1 };
};

/** The count of a repeat that persons write has fewer tokens. */
const longestCount = 40;

/** Whether the brace at `index` stands behind `repeat` and its count, on a line of its own. */
function isBodyOfRepeat(script: Script, index: number): boolean {
  const owner = script.around[index];
  for (let at = index - 1; at > Math.max(index - longestCount, owner ?? 0); at--) {
    if (script.around[at] !== owner) continue;
    if (isType(script, at, t.RightBrace)) return false;
    if (imageAt(script, at) === "repeat") return true;
  }
  return false;
}
