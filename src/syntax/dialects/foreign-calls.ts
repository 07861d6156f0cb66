import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Edit } from "../edit-tokens.ts";
import { endOfDotted } from "./dotted-names.ts";
import { detailsOf, mender, type Rule } from "./mend.ts";
import {
  beginsLine,
  beginsStatement,
  declares,
  endOf,
  endOfCall,
  imageAt,
  isAtTop,
  isInBody,
  isType,
  itemsOf,
  spanOf,
  startOf,
  textOf,
  type Script,
} from "./script.ts";

export const foreignCall = defineDiagnostic(
  "foreign-call",
  "error",
  "A layer is added, applied or made as in Python or JavaScript.",
  detailsOf,
  () => ({
    meaning:
      "The body of a model is its list of layers: they are written one after the other, and each takes what the one before it gives. Nothing is added to a model or applied to a tensor.",
    example: { kind: "source", source: "model M { input [4] Dense(8)(x) Dense(3) }" },
  }),
);

const mend = mender(foreignCall);

/** `model.add(Dense(3))` and `add(Dense(3))` in a body. */
export const addedLayers: Rule = (script, index) => {
  if (!beginsStatement(script, index) || !isType(script, index, t.Identifier)) return undefined;
  const end = endOfDotted(script, index);
  if (imageAt(script, end - 1) !== "add" || !isType(script, end, t.LeftParen) || declares(script, "add"))
    return undefined;
  const close = script.pairs[end] as number;
  if (!isType(script, end + 1, t.Identifier) || !isType(script, close, t.RightParen)) return undefined;
  const name = textOf(script, index, end);
  const edits = [
    { span: { ...spanOf(script, index), end: startOf(script, end + 1) }, text: "" },
    { span: { ...spanOf(script, close), start: endOf(script, close - 1) }, text: "" },
  ];
  const message = `Layers are written one after the other, without ${name}`;
  return mend(script, index, end, { message, fix: { title: `Delete '${name}'`, edits } }, end + 1);
};

/** The edits that take the commas out between the items of the bracket at `open`, and put braces in its place. */
function bodyOf(
  script: Script,
  from: number,
  open: number,
  to: number,
  [left, right]: readonly [string, string],
): Edit[] {
  const close = script.pairs[open] as number;
  const { file } = script;
  const commas: Edit[] = [];
  for (let at = open + 1; at < close; at++) {
    if (script.around[at] === open && isType(script, at, t.Comma)) commas.push({ span: spanOf(script, at), text: "" });
  }
  return [
    { span: { file, start: startOf(script, from), end: endOf(script, open) }, text: left },
    ...commas,
    { span: { file, start: startOf(script, close), end: endOf(script, to - 1) }, text: right },
  ];
}

/** `Sequential([...])` in the body of a model. */
export const sequentialInBody: Rule = (script, index) => {
  if (!beginsStatement(script, index) || !isType(script, index, t.Identifier)) return undefined;
  const end = endOfDotted(script, index);
  const open = end + 1;
  if (imageAt(script, end - 1) !== "Sequential" || !isType(script, end, t.LeftParen)) return undefined;
  if (!isType(script, open, t.LeftBracket) || declares(script, "Sequential")) return undefined;
  const behind = endOfCall(script, end - 1);
  if ((script.pairs[open] as number) >= behind) return undefined;
  const fix = { title: "Write the layers alone", edits: bodyOf(script, index, open, behind, ["", ""]) };
  const message = "The body of a model is what Sequential takes, without commas";
  return mend(script, index, end, { message, fix }, open + 1);
};

/** `model Iris = Sequential([...])`, `model Iris = {`, `model Iris = [...]`, `model Iris [...]`. */
export const assignedModels: Rule = (script, index) => {
  if (!isAtTop(script, index) || imageAt(script, index) !== "model" || !isType(script, index + 1, t.Identifier))
    return undefined;
  const equals = index + 2;
  const hasEquals = isType(script, equals, t.Equals);
  const first = hasEquals ? equals + 1 : equals;
  const message = `A model is written as model Name { ... }, found '${imageAt(script, equals)}'`;
  if (hasEquals && isType(script, first, t.LeftBrace)) {
    const edits = [{ span: { ...spanOf(script, equals), end: startOf(script, first) }, text: "" }];
    return mend(script, equals, first, { message, fix: { title: "Delete '='", edits } });
  }
  if (beginsLine(script, first) || (!hasEquals && !isType(script, first, t.LeftBracket))) return undefined;
  const end = isType(script, first, t.Identifier) ? endOfDotted(script, first) : first;
  const isCall = end > first && isType(script, end, t.LeftParen);
  const open = isCall ? end + 1 : end;
  if (!isType(script, open, t.LeftBracket) || (isCall && imageAt(script, end - 1) !== "Sequential")) return undefined;
  const behind = (script.pairs[isCall ? end : open] as number) + 1;
  if (behind > script.tokens.length) return undefined;
  const edits = bodyOf(script, equals, open, behind, ["{", "}"]);
  return mend(script, equals, equals + 1, { message, fix: { title: "Write '{' and '}'", edits } }, open + 1);
};

/** `Dense(10)(x)`, also behind `x = `. */
export const appliedLayers: Rule = (script, index) => {
  if (!isType(script, index, t.LeftParen) || !isType(script, index - 1, t.RightParen) || !isInBody(script, index))
    return undefined;
  const close = script.pairs[index] as number;
  if (!isType(script, close, t.RightParen)) return undefined;
  const open = script.openers[index - 1] as number;
  let callee = open - 1;
  while (imageAt(script, callee - 1) === ".") callee -= 2;
  const isAssigned = isType(script, callee - 1, t.Equals) && isType(script, callee - 2, t.Identifier);
  const removal = [{ span: spanOf(script, index, close + 1), text: "" }];
  const arguments_ = itemsOf(script, index);
  const isOne = arguments_.length <= 1 && close <= index + 2;
  if (!isOne) {
    const message = "Layers form a chain: each takes what the one before it gives";
    const help = "a layer can't take several inputs, or one of another layer";
    return { diagnostic: foreignCall(spanOf(script, index, close + 1), { message, help }), edits: removal, end: close };
  }
  const message = "A layer takes what the one before it gives, and is applied to nothing";
  const assigned = isAssigned
    ? [{ span: { ...spanOf(script, callee - 2), end: startOf(script, callee) }, text: "" }]
    : [];
  const title = isAssigned ? `Write the layer alone` : `Delete '${textOf(script, index, close + 1)}'`;
  return mend(script, index, close + 1, { message, fix: { title, edits: [...assigned, ...removal] } }, close + 1);
};

/** `new Dense(3)`. */
export const newLayers: Rule = (script, index) => {
  if (imageAt(script, index) !== "new" || !beginsStatement(script, index) || !isType(script, index + 1, t.Identifier))
    return undefined;
  if (declares(script, "new") || isType(script, index + 1, t.Colon)) return undefined;
  const edits = [{ span: { ...spanOf(script, index), end: startOf(script, index + 1) }, text: "" }];
  return mend(script, index, index + 1, {
    message: "A layer is written without 'new'",
    fix: { title: "Delete 'new'", edits },
  });
};
