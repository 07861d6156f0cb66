import * as t from "../../../grammar/tokens.ts";
import { foreignValue } from "./foreign-values.ts";
import { mender, type Rule } from "./mend.ts";
import { beginsStatement, declares, imageAt, isType, itemsOf, spanOf, textOf } from "./script.ts";

const mend = mender(foreignValue);

/** Layers whose sizes all follow from their input. */
const sizeless: ReadonlySet<string> = new Set(["Flatten", "Identity", "GlobalAveragePooling1D", "GlobalMaxPooling1D"]);

/** `Flatten(64)`, `GlobalMaxPooling1D(2)`. */
export const needlessSizes: Rule = (script, index) => {
  const layer = imageAt(script, index);
  if (!sizeless.has(layer) || !isType(script, index + 1, t.LeftParen)) return undefined;
  if (!beginsStatement(script, index) && !isType(script, index - 1, t.Colon)) return undefined;
  const close = script.pairs[index + 1] as number;
  const items = itemsOf(script, index + 1);
  const [first] = items;
  if (first === undefined || !isType(script, close, t.RightParen)) return undefined;
  if (!items.every(({ from, to }) => to === from + 1 && isType(script, from, t.NumberLiteral))) return undefined;
  const span = spanOf(script, index + 2, close);
  const message = `The size of ${layer} follows from its input, found '${textOf(script, index + 2, close)}'`;
  return mend(script, index + 2, close, { message, fix: { title: "Delete it", edits: [{ span, text: "" }] } }, close);
};

/** `ActivityRegularization(l2(0.01))`. */
export const penalties: Rule = (script, index) => {
  if (imageAt(script, index) !== "ActivityRegularization" || !isType(script, index + 1, t.LeftParen)) return undefined;
  const name = imageAt(script, index + 2);
  const close = script.pairs[index + 1] as number;
  if (!/^l[12]$/.test(name) || !isType(script, index + 3, t.LeftParen) || script.pairs[index + 3] !== close - 1)
    return undefined;
  const text = `${name}=${textOf(script, index + 4, close - 1)}`;
  const message = "ActivityRegularization takes the factors themselves";
  const fix = { title: `Write ${text}`, edits: [{ span: spanOf(script, index + 2, close), text }] };
  return mend(script, index + 2, close, { message, fix }, close);
};

/** `activation=relu(x)`. */
export const appliedActivations: Rule = (script, index) => {
  if (
    imageAt(script, index) !== "activation" ||
    !isType(script, index + 1, t.Equals) ||
    !isType(script, index + 3, t.LeftParen)
  )
    return undefined;
  const argument = index + 4;
  const name = imageAt(script, argument);
  if (!/^(?:x|y|h|input|inputs|z)$/.test(name) || script.pairs[index + 3] !== argument + 1 || declares(script, name))
    return undefined;
  const word = imageAt(script, index + 2);
  const message = `An activation is its word alone, found '${textOf(script, index + 2, argument + 2)}'`;
  const edits = [{ span: spanOf(script, index + 3, argument + 2), text: "" }];
  return mend(script, index + 2, argument + 2, { message, fix: { title: `Write ${word}`, edits } }, argument + 2);
};

/** `Reshape(64)`, `Reshape([None, 2, 5])`: a list, without the batch axis. */
export const targetShapes: Rule = (script, index) => {
  if (
    imageAt(script, index) !== "Reshape" ||
    !isType(script, index + 1, t.LeftParen) ||
    !beginsStatement(script, index)
  )
    return undefined;
  const [only, second] = itemsOf(script, index + 1);
  if (only === undefined || second !== undefined) return undefined;
  if (only.to === only.from + 1 && isType(script, only.from, t.NumberLiteral)) {
    const text = `[${imageAt(script, only.from)}]`;
    const fix = { title: `Write ${text}`, edits: [{ span: spanOf(script, only.from), text }] };
    return mend(script, only.from, only.to, { message: `Reshape takes one list: ${text}`, fix }, only.to);
  }
  const isBatch = isType(script, only.from, t.LeftBracket) && /^[Nn]one$/.test(imageAt(script, only.from + 1));
  if (!isBatch || !isType(script, only.from + 2, t.Comma)) return undefined;
  const none = only.from + 1;
  const span = { ...spanOf(script, none), end: spanOf(script, none + 2).start };
  const message = `The batch axis is left out, found '${imageAt(script, none)}'`;
  const fix = { title: `Delete '${imageAt(script, none)}'`, edits: [{ span, text: "" }] };
  return mend(script, none, none + 1, { message, fix }, none + 1);
};
