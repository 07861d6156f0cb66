import * as t from "../../../grammar/tokens.ts";
import { shapeInParentheses, inputLayers } from "../foreign-shapes.ts";
import { endOfDotted } from "./dotted-names.ts";
import type { Rule } from "./mend.ts";
import { beginsStatement, declares, endOfCall, imageAt, isType, itemsOf, spanOf } from "./script.ts";
import { shapeOf } from "./shapes.ts";

/** `keras.Input(shape=(4,), name="x")`, `Input((4,), batch_size=32)`. */
export const foreignInputs: Rule = (script, index) => {
  if (!beginsStatement(script, index) || !isType(script, index, t.Identifier)) return undefined;
  const name = endOfDotted(script, index) - 1;
  if (!inputLayers.has(imageAt(script, name)) || !isType(script, name + 1, t.LeftParen)) return undefined;
  if (name === index && declares(script, imageAt(script, name))) return undefined;
  const end = endOfCall(script, name);
  const [first] = itemsOf(script, name + 1).filter(
    ({ from }) => !isType(script, from + 1, t.Equals) || /shape$/i.test(imageAt(script, from)),
  );
  if (first === undefined) return undefined;
  const isNamed = isType(script, first.from + 1, t.Equals);
  const hasBatch = isNamed && imageAt(script, first.from).startsWith("batch");
  const shape = shapeOf(script, isNamed ? first.from + 2 : first.from, first.to, hasBatch);
  if (shape === undefined) return undefined;
  const text = `input ${shape}`;
  const fix = { title: `Write ${text}`, edits: [{ span: spanOf(script, index, end), text }] };
  const found = imageAt(script, name);
  return { diagnostic: shapeInParentheses(spanOf(script, index, name + 1), { keyword: "input", fix, found }), end };
};
