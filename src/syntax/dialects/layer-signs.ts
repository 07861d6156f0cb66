import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { endsValue } from "../keywords.ts";
import { detailsOf, fixer, type Rule } from "./mend.ts";
import {
  beginsLine,
  beginsStatement,
  endOf,
  endOfCall,
  gapOf,
  imageAt,
  isInBody,
  isType,
  placeAt,
  spanOf,
  startOf,
  textOf,
  withGapOf,
  type Script,
} from "./script.ts";

export const layerSign = defineDiagnostic(
  "layer-sign",
  "error",
  "A sign stands between layers, or an arrow where no shape is asserted.",
  detailsOf,
  () => ({
    meaning:
      "Layers stand one after the other with nothing but white space between them. An arrow asserts the shape that a layer gives, Dense(8) -> [8]; it leads to no other layer.",
    example: { kind: "source", source: "model M { input [4] Dense(8) -> Dense(3) }" },
  }),
);

const mend = fixer(layerSign);

const one = "Layers stand one after the other, without a sign between them";

/** `Dense(8) -> Dense(3)`, `Dense(8) | Dense(3)`, `Dense(8) +` and the like. */
export const signsBetweenLayers: Rule = (script, index) => {
  const sign = imageAt(script, index);
  if (!["->", "=>", "|", "+", ".", ">", ">>", "|>", "\u2192", "~"].includes(sign) || !isInBody(script, index))
    return undefined;
  if (isType(script, index, t.StringLiteral) || !endsValue(script.tokens[index - 1])) return undefined;
  // A name before it is not a layer yet, unless it has parentheses.
  const isBehindLayer = isType(script, index - 1, t.RightParen, t.RightBracket);
  let last = index;
  while (["|", ">", "."].includes(imageAt(script, last + 1)) && !isType(script, last + 1, t.Identifier)) last++;
  const next = last + 1;
  const isEnd = isType(script, next, t.RightBrace) || next >= script.tokens.length;
  if (!isBehindLayer || !(isType(script, next, t.Identifier) || (isEnd && sign !== "->"))) return undefined;
  if (
    sign === "." &&
    !isEnd &&
    !beginsLine(script, index) &&
    !beginsLine(script, next) &&
    /^[a-z]/.test(imageAt(script, next))
  )
    return undefined;
  const found = textOf(script, index, next);
  const isName = !isType(script, next + 1, t.LeftParen, t.Colon) && beginsLine(script, next + 1);
  const names = isName && (sign === "->" || sign === "=>") && isLabel(script, next + 1, imageAt(script, next));
  const to = names ? next + 1 : next;
  const isSpaced = startOf(script, index) > endOf(script, index - 1) && beginsLine(script, to);
  const span = isSpaced ? gapOf(script, index - 1, index) : spanOf(script, index);
  const start = isSpaced ? span.start : startOf(script, index);
  const text = textOf(script, index, to);
  const keepsSpace =
    isSpaced || isEnd || endOf(script, index - 1) < startOf(script, index) || beginsLine(script, index);
  const stop = beginsLine(script, to) || isEnd ? endOf(script, to - 1) : startOf(script, to);
  const edits = [{ span: { file: script.file, start, end: stop }, text: keepsSpace ? "" : " " }];
  return mend(script, index, next, `${one}, found '${found}'`, `Delete '${text}'`, edits, to);
};

function isLabel(script: Script, index: number, name: string): boolean {
  return imageAt(script, index) === name && isType(script, index + 1, t.Colon);
}

/** `input [4] -> [8]`, `Dense(10) -> [4] -> [10]`, `-> [10]` before its layer, `-> 10`. */
export const misusedArrows: Rule = (script, index) => {
  if (!["->", "=>", "\u2192"].includes(imageAt(script, index)) || !isInBody(script, index)) return undefined;
  const next = index + 1;
  if (
    isType(script, next, t.NumberLiteral) ||
    (isType(script, next, t.LeftBrace) && isType(script, next + 1, t.NumberLiteral))
  ) {
    const end = isType(script, next, t.LeftBrace) ? (script.pairs[next] as number) + 1 : next + 1;
    const inner = isType(script, next, t.LeftBrace) ? textOf(script, next + 1, end - 1) : imageAt(script, next);
    const edits = [{ span: spanOf(script, next, end), text: `[${inner}]` }];
    return mend(
      script,
      next,
      end,
      "The shape that '->' asserts is a list in square brackets",
      `Write [${inner}]`,
      edits,
      end,
    );
  }
  if (!isType(script, next, t.LeftBracket)) return undefined;
  const end = Math.min((script.pairs[next] as number) + 1, script.tokens.length);
  const before = script.tokens[index - 1];
  const opener = isType(script, index - 1, t.RightBracket) ? (script.openers[index - 1] as number) : -1;
  const shape = textOf(script, next, end);
  const whole = withGapOf(script, index, end);
  if (opener > 0 && imageAt(script, opener - 1) === "input") {
    if (beginsLine(script, index) && isType(script, end, t.Identifier)) {
      const behind = endOf(script, endOfCall(script, end) - 1);
      const edits = [
        { span: { ...whole, start: startOf(script, index), end: startOf(script, end) }, text: "" },
        { span: placeAt(script, behind), text: ` -> ${shape}` },
      ];
      const message = "'->' stands behind the layer whose shape it asserts";
      return mend(script, index, end, message, "Write it behind the layer", edits, end);
    }
    const message = "The shape of the input is what stands behind 'input'; '->' asserts that of a layer";
    return mend(script, index, end, message, `Delete '-> ${shape}'`, [{ span: whole, text: "" }], end);
  }
  if (["->", "=>"].includes(imageAt(script, end)) && isType(script, end + 1, t.LeftBracket) && endsValue(before)) {
    const message = "A layer gives one shape, which one '->' asserts";
    return mend(script, index, end, message, `Delete '-> ${shape}'`, [{ span: whole, text: "" }], end);
  }
  return undefined;
};

/** `Dense(10): [10]`. */
export const colonForArrow: Rule = (script, index) => {
  if (!isType(script, index, t.Colon) || !isInBody(script, index) || !isType(script, index - 1, t.RightParen))
    return undefined;
  if (!isType(script, index + 1, t.LeftBracket) || !beginsStatementBefore(script, index)) return undefined;
  const edits = [{ span: { ...gapOf(script, index - 1, index + 1) }, text: " -> " }];
  return mend(script, index, index + 1, "A shape is asserted with '->', found ':'", "Write '->'", edits);
};

function beginsStatementBefore(script: Script, index: number): boolean {
  const open = script.openers[index - 1] as number;
  return open > 0 && beginsStatement(script, open - 1);
}
