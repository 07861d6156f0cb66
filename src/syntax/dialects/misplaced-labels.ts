import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { detailsOf, fixer, type Rule } from "./mend.ts";
import {
  beginsLine,
  beginsStatement,
  declares,
  endOf,
  endOfCall,
  imageAt,
  isInBody,
  isType,
  placeAt,
  spanOf,
  startOf,
  textOf,
} from "./script.ts";

export const misplacedLabel = defineDiagnostic(
  "misplaced-label",
  "error",
  "The name of a layer is not written as a label before it, or needs quotes.",
  detailsOf,
  () => ({
    meaning:
      "A layer is named by a label before it, hidden: Dense(16). A name with other characters than letters, digits and '_' stands in quotes. Layers have no numbers or dashes before them.",
    example: { kind: "source", source: "model M { input [4] my-layer: Dense(3) }" },
  }),
);

const mend = fixer(misplacedLabel);

const before = "A name stands before its layer, with a colon";

/** `Dense(16): hidden`, `Dense(16) as hidden`. */
export const labelBehind: Rule = (script, index) => {
  if (
    !beginsStatement(script, index) ||
    !isType(script, index, t.Identifier) ||
    !isType(script, index + 1, t.LeftParen)
  )
    return undefined;
  const end = endOfCall(script, index);
  const isSign = isType(script, end, t.Colon) || imageAt(script, end) === "as";
  if (!isSign || beginsLine(script, end) || !isType(script, end + 1, t.Identifier) || beginsLine(script, end + 1))
    return undefined;
  if (isType(script, end + 2, t.LeftParen, t.Colon)) return undefined;
  const label = imageAt(script, end + 1);
  const edits = [
    { span: placeAt(script, startOf(script, index)), text: `${label}: ` },
    { span: { file: script.file, start: endOf(script, end - 1), end: endOf(script, end + 1) }, text: "" },
  ];
  return mend(
    script,
    end,
    end + 2,
    `${before}: ${label}: ${imageAt(script, index)}(...)`,
    `Write ${label}: before it`,
    edits,
  );
};

/** `hidden -> Dense(16)`, `hidden :: Dense(16)`, `[hidden]: Dense(16)`, `hidden: first: Dense(16)`. */
export const labelSigns: Rule = (script, index) => {
  if (!beginsStatement(script, index)) return undefined;
  const inBrackets =
    isType(script, index, t.LeftBracket) &&
    isType(script, index + 2, t.RightBracket) &&
    isType(script, index + 3, t.Colon);
  const at = inBrackets ? index + 1 : index;
  if (!isType(script, at, t.Identifier)) return undefined;
  const label = imageAt(script, at);
  const isDouble = isType(script, at + 1, t.Colon) && isType(script, at + 2, t.Colon);
  const isArrow = ["->", "=>"].includes(imageAt(script, at + 1)) && !beginsLine(script, at + 1);
  const layer = inBrackets ? at + 3 : isDouble ? at + 3 : isArrow ? at + 2 : undefined;
  if (layer !== undefined && isType(script, layer, t.Identifier) && isType(script, layer + 1, t.LeftParen)) {
    const text = `${label}: `;
    const edits = [{ span: { file: script.file, start: startOf(script, index), end: startOf(script, layer) }, text }];
    return mend(
      script,
      index,
      layer,
      `${before}, found '${textOf(script, index, layer)}'`,
      `Write ${label}:`,
      edits,
      layer,
    );
  }
  const second =
    isType(script, at + 1, t.Colon) && isType(script, at + 2, t.Identifier) && isType(script, at + 3, t.Colon);
  if (!second || !isType(script, at + 4, t.Identifier)) return undefined;
  const edits = [
    { span: { file: script.file, start: startOf(script, at + 2), end: startOf(script, at + 4) }, text: "" },
  ];
  return mend(script, at + 2, at + 4, "A layer has one name", `Delete '${imageAt(script, at + 2)}:'`, edits, at + 4);
};

/** `my-layer: Dense(3)`, `hidden layer: Dense(3)`, `1st: Dense(3)`. */
export const namesInQuotes: Rule = (script, index) => {
  if (
    !beginsStatement(script, index) ||
    !isType(script, index, t.Identifier, t.MalformedNumber, t.ForeignWord, t.Unknown)
  )
    return undefined;
  let end = index + 1;
  while (
    end < index + 8 &&
    !beginsLine(script, end) &&
    isType(script, end, t.Identifier, t.NumberLiteral, t.Minus, t.MalformedNumber, t.ForeignWord, t.Unknown)
  )
    end++;
  const isOne = end === index + 1;
  if (!isType(script, end, t.Colon) || (isOne && isType(script, index, t.Identifier))) return undefined;
  if (!isType(script, end + 1, t.Identifier) || imageAt(script, end + 1) === "repeat") return undefined;
  const name = textOf(script, index, end);
  // A model of the file stands before the label.
  if (imageAt(script, index) === "repeat" || declares(script, imageAt(script, index))) return undefined;
  if (name.length > 60 || /[\\"`$.()[\]{}]/.test(name)) return undefined;
  if (!isOne && /^[A-Z]/.test(name) && !/-/.test(name)) return undefined;
  const quoted = `"${name}"`;
  const edits = [{ span: spanOf(script, index, end), text: quoted }];
  return mend(script, index, end, `Such a name stands in quotes: ${quoted}:`, `Write ${quoted}`, edits, end);
};

/** `- Dense(16)`, `1. Dense(16)`. */
export const numberedLayers: Rule = (script, index) => {
  if (!beginsLine(script, index) || !isInBody(script, index)) return undefined;
  const isSign = isType(script, index, t.Minus, t.Star, t.NumberLiteral) || imageAt(script, index) === "\u2022";
  if (!isSign || (isType(script, index, t.NumberLiteral) && !/^\d+\.$/.test(imageAt(script, index)))) return undefined;
  if (
    !isType(script, index + 1, t.Identifier) ||
    beginsLine(script, index + 1) ||
    !/^[A-Z]/.test(imageAt(script, index + 1))
  )
    return undefined;
  // The count of a repeat may go on in the next line.
  if (declares(script, imageAt(script, index + 1)) && !isType(script, index + 2, t.LeftParen)) return undefined;
  const sign = imageAt(script, index);
  const edits = [{ span: { ...spanOf(script, index), end: startOf(script, index + 1) }, text: "" }];
  const kind = isType(script, index, t.NumberLiteral) ? "a number" : `'${sign}'`;
  return mend(
    script,
    index,
    index + 1,
    `Layers stand one after the other, without ${kind} before them`,
    `Delete '${sign}'`,
    edits,
  );
};

/** `let hidden = Dense(16)` in a body. */
export const letLayers: Rule = (script, index) => {
  const isLet = ["let", "const", "var"].includes(imageAt(script, index));
  if (
    !isLet ||
    !beginsStatement(script, index) ||
    !isType(script, index + 1, t.Identifier) ||
    !isType(script, index + 2, t.Equals)
  )
    return undefined;
  const layer = index + 3;
  if (!/^[A-Z]/.test(imageAt(script, layer)) || !isType(script, layer + 1, t.LeftParen)) return undefined;
  const name = imageAt(script, index + 1);
  const edits = [{ span: { ...spanOf(script, index), end: startOf(script, layer) }, text: `${name}: ` }];
  return mend(
    script,
    index,
    layer,
    `A layer is named by a label, found '${imageAt(script, index)}'`,
    `Write ${name}:`,
    edits,
    layer,
  );
};
