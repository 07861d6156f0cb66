import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { inputLayers } from "../foreign-shapes.ts";
import { detailsOf, type Rule } from "./mend.ts";
import { endOf, imageAt, isAmongValues, isType, itemsOf, spanOf, startOf } from "./script.ts";

export const tuple = defineDiagnostic(
  "tuple",
  "error",
  "A list is written in parentheses, as a tuple of Python.",
  detailsOf,
  () => ({
    meaning:
      "Several values are a list in square brackets. Parentheses only group what is computed first, so there are no tuples.",
    example: { kind: "source", source: "model M { input [10] Reshape((2, 5)) Flatten() Dense(3) }" },
  }),
);

/** `(2, 5)` as a value. */
export const tuples: Rule = (script, index) => {
  if (!isType(script, index, t.LeftParen) || isType(script, index - 1, t.Identifier, t.RightParen)) return undefined;
  if (!isAmongValues(script, index) && !isType(script, index - 1, t.Equals)) return undefined;
  const close = script.pairs[index] as number;
  const items = itemsOf(script, index);
  const hasComma = items.length > 1 || isType(script, close - 1, t.Comma);
  if (!isType(script, close, t.RightParen) || !hasComma || items.length === 0) return undefined;
  const [first, second] = items;
  // The batch axis of a target shape.
  const isBatch = first !== undefined && second !== undefined && ["None", "none"].includes(imageAt(script, first.from));
  const around = script.around[index] as number;
  const callee = imageAt(script, around - 1);
  // What the shape of an input is has a remedy of its own.
  if (inputLayers.has(callee) || (isBatch && callee !== "Reshape" && callee !== "EinsumDense")) return undefined;
  const last = items.at(-1) as { readonly from: number; readonly to: number };
  const begin = isBatch ? second.from : index + 1;
  const file = script.file;
  const edits = [
    { span: { file, start: startOf(script, index), end: startOf(script, begin) }, text: "[" },
    { span: { file, start: endOf(script, last.to - 1), end: endOf(script, close) }, text: "]" },
  ];
  const message = "A list is written in square brackets, found '('";
  const help = isBatch ? "the batch axis None is left out" : undefined;
  return {
    diagnostic: tuple(spanOf(script, index, close + 1), { message, help, fix: { title: "Write '[' and ']'", edits } }),
  };
};
