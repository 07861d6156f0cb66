import * as t from "../../../grammar/tokens.ts";
import type { Edit } from "../edit-tokens.ts";
import { foreignDeclaration } from "./foreign-declarations.ts";
import { fixer, type Rule } from "./mend.ts";
import {
  beginsDeclaration,
  beginsLine,
  endOf,
  endOfLine,
  gapOf,
  imageAt,
  isType,
  itemsOf,
  placeAt,
  placesOf,
  spanOf,
  startOf,
  type Script,
} from "./script.ts";

const mend = fixer(foreignDeclaration);

const form = "A block is declared as block Name(units) { ... }";

/** `const Hidden = (units) => {`, `let Hidden = function (units) {`. */
export const functionBlocks: Rule = (script, index) => {
  if (!/^(?:const|let|var)$/.test(imageAt(script, index)) || !beginsDeclaration(script, index)) return undefined;
  if (!isType(script, index + 1, t.Identifier) || !isType(script, index + 2, t.Equals)) return undefined;
  const isFunction = imageAt(script, index + 3) === "function";
  const open = isFunction ? index + 4 : index + 3;
  if (!isType(script, open, t.LeftParen)) return undefined;
  const close = script.pairs[open] as number;
  const brace = isFunction ? close + 1 : close + 2;
  if ((!isFunction && imageAt(script, close + 1) !== "=>") || !isType(script, brace, t.LeftBrace)) return undefined;
  const name = imageAt(script, index + 1);
  const edits = [
    { span: spanOf(script, index), text: "block" },
    { span: gapOf(script, index + 1, open), text: "" },
    ...(isFunction ? [] : [{ span: gapOf(script, close, brace), text: " " }]),
  ];
  return mend(script, index, open, `${form}, found a function`, `Write block ${name}(...)`, edits, open + 1);
};

const blockWords = /^(?:block|def|function|fn|func|macro|procedure|sub)$/;

/** `block Hidden {`. */
export const blocksWithoutParameters: Rule = (script, index) => {
  if (!blockWords.test(imageAt(script, index)) || !beginsDeclaration(script, index)) return undefined;
  if (!isType(script, index + 1, t.Identifier) || !isType(script, index + 2, t.LeftBrace)) return undefined;
  const place = placeAt(script, endOf(script, index + 1));
  const message = "A block without parameters is declared as block Name() { ... }";
  const edits = [{ span: place, text: "()" }];
  return mend(script, index + 1, index + 2, message, "Insert ()", [...keyword(script, index), ...edits]);
};

function keyword(script: Script, index: number): readonly Edit[] {
  return imageAt(script, index) === "block" ? [] : [{ span: spanOf(script, index), text: "block" }];
}

/** `block Hidden(self, units)`, `block Hidden(x, units)` is left alone: only of `self` it is certain. */
export const selfParameters: Rule = (script, index) => {
  if (imageAt(script, index) !== "self" || !isType(script, index - 1, t.LeftParen)) return undefined;
  const open = index - 1;
  if (!blockWords.test(imageAt(script, open - 2)) || !beginsDeclaration(script, open - 2)) return undefined;
  const close = script.pairs[open] as number;
  if (placesOf(script, "self").length !== 1) return undefined;
  const [, second] = itemsOf(script, open);
  const end = startOf(script, second?.from ?? close);
  const edits = [{ span: { ...spanOf(script, index), end }, text: "" }];
  return mend(script, index, index + 1, "A block has no self: its parameters are values", "Delete 'self'", edits);
};

/** `let a = 1` twice, the second time as `let a += 1`: all of the line is told, once. */
export const changedLets: Rule = (script, index) => {
  const isLet = imageAt(script, index) === "let" && beginsDeclaration(script, index);
  const name = isLet ? index + 1 : index;
  if (
    !isType(script, name, t.Identifier) ||
    (!isLet && !(beginsDeclaration(script, index) && beginsLine(script, index)))
  )
    return undefined;
  const isChange = isType(script, name + 1, t.Plus, t.Minus, t.Star, t.Slash) && isType(script, name + 2, t.Equals);
  // Its let may stand on the line before.
  const isDeclared = isLet || imageAt(script, index - 1) === "let";
  const isAgain = !isDeclared && script.declared.has(imageAt(script, name)) && isType(script, name + 1, t.Equals);
  if (!isChange && !isAgain) return undefined;
  const end = endOfLine(script, name + 1);
  const span = spanOf(script, index, end);
  const message = `A let has one value, and is not changed, found '${imageAt(script, name)} ${imageAt(script, name + 1)}${isChange ? "=" : ""}'`;
  const help = "give the other value a let of its own";
  return { diagnostic: foreignDeclaration(span, { message, help }), edits: [{ span, text: "" }], end };
};
