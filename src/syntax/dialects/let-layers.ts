import * as t from "../../../grammar/tokens.ts";
import type { Edit } from "../edit-tokens.ts";
import { foreignDeclaration } from "./foreign-declarations.ts";
import { kerasLayers } from "./keras-layers.ts";
import { fixer, type Rule } from "./mend.ts";
import {
  beginsDeclaration,
  beginsStatement,
  endOf,
  endOfCall,
  gapOf,
  imageAt,
  isType,
  itemsOf,
  placeAt,
  placesOf,
  spanOf,
  withGapOf,
  type Script,
} from "./script.ts";

const mend = fixer(foreignDeclaration);

/** `let hidden = Dense(16)` and `let stack = [Dense(16), Dense(3)]` whose name is used as a layer: a block is meant. */
export const layersInLets: Rule = (script, index) => {
  if (imageAt(script, index) !== "let" || !beginsDeclaration(script, index) || !isType(script, index + 2, t.Equals))
    return undefined;
  const name = index + 1;
  const value = index + 3;
  const isList = isType(script, value, t.LeftBracket);
  const end = isList ? (script.pairs[value] as number) + 1 : endOfCall(script, value);
  const layers = isList ? itemsOf(script, value) : [{ from: value, to: end }];
  if (end > script.tokens.length || layers.length === 0 || !layers.every(({ from, to }) => isLayer(script, from, to)))
    return undefined;
  const uses = placesOf(script, imageAt(script, name)).filter((at) => at !== name);
  if (uses.length === 0 || !uses.every((at) => isStatement(script, at))) return undefined;
  const edits = [
    { span: spanOf(script, index), text: "block" },
    {
      span: gapOf(script, name, layers[0]?.from ?? value),
      text: "() { ",
    },
    ...commasOf(script, layers),
    {
      span: withGapOf(script, layers.at(-1)?.to ?? end, end),
      text: " }",
    },
    ...uses.flatMap((at) =>
      isType(script, at + 1, t.LeftParen) ? [] : [{ span: placeAt(script, endOf(script, at)), text: "()" }],
    ),
  ];
  const message = "A let holds a value; layers with a name of their own are a block";
  return mend(script, index, name + 1, message, `Write block ${imageAt(script, name)}()`, edits, end);
};

function isLayer(script: Script, from: number, to: number): boolean {
  return (
    kerasLayers.has(imageAt(script, from)) && isType(script, from + 1, t.LeftParen) && endOfCall(script, from) === to
  );
}

function isStatement(script: Script, index: number): boolean {
  if (isType(script, index + 1, t.Colon, t.Equals)) return false;
  return (
    beginsStatement(script, index) && (!isType(script, index + 1, t.LeftParen) || script.pairs[index + 1] === index + 2)
  );
}

/** The commas between layers as spaces. */
function commasOf(script: Script, layers: readonly { readonly from: number; readonly to: number }[]): readonly Edit[] {
  return layers.slice(1).map(({ from }, at) => {
    const before = layers[at] as { readonly to: number };
    return { span: gapOf(script, before.to - 1, from), text: " " };
  });
}
