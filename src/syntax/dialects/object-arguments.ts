import * as t from "../../../grammar/tokens.ts";
import { foreignCall } from "./foreign-calls.ts";
import { endOfDotted } from "./dotted-names.ts";
import type { Edit } from "../edit-tokens.ts";
import type { Rule } from "./mend.ts";
import {
  beginsStatement,
  endOf,
  gapLike,
  imageAt,
  isType,
  itemsOf,
  placeAt,
  spanOf,
  startOf,
  textOf,
} from "./script.ts";
import { shapeOf } from "./shapes.ts";

/** `Dense({units: 16, activation: 'relu'})` and `tf.layers.dense({...})`, as in TensorFlow.js. */
export const objectArguments: Rule = (script, index) => {
  if (!beginsStatement(script, index) || !isType(script, index, t.Identifier)) return undefined;
  const end = endOfDotted(script, index);
  const brace = end + 1;
  const close = script.pairs[end] as number;
  if (!isType(script, end, t.LeftParen) || !isType(script, brace, t.LeftBrace) || script.pairs[brace] !== close - 1) {
    return undefined;
  }
  const name = imageAt(script, end - 1);
  const isClause = name === "compile";
  const className = isClause ? name : name.charAt(0).toUpperCase() + name.slice(1);
  const args: string[] = [];
  const edits: Edit[] = [];
  for (const { from, to } of itemsOf(script, brace)) {
    if (!isType(script, from + 1, t.Colon)) return undefined;
    const key = snake(imageAt(script, from));
    const body = script.around[index] as number;
    const shape = shapeOf(script, from + 2, to);
    if (key === "input_shape" && imageAt(script, body - 2) === "model" && shape !== undefined) {
      const first = body + 1;
      const gap = gapLike(script, first);
      edits.push({ span: placeAt(script, endOf(script, body)), text: `${gap}input ${shape}` });
      continue;
    }
    // A clause has lists of words, too.
    const quoted = isClause ? /(['"])([A-Za-z]\w*)\1/g : /^(['"])([A-Za-z]\w*)\1$/;
    args.push(`${key}=${textOf(script, from + 2, to).replace(quoted, (_, _quote, word: string) => snake(word))}`);
  }
  const text = `${className}(${args.join(", ")})`;
  const message = `The arguments of ${isClause ? "compile" : "a layer"} are written without braces, with '='`;
  const call = { span: { ...spanOf(script, index), end: endOf(script, close) }, text };
  const fix = { title: `Write ${text}`, edits: [...edits, call] };
  return {
    diagnostic: foreignCall(
      { ...spanOf(script, end), start: startOf(script, brace), end: endOf(script, close - 1) },
      { message, fix },
    ),
    end: close + 1,
  };
};

function snake(word: string): string {
  return word.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
