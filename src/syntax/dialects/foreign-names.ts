import * as t from "../../../grammar/tokens.ts";
import { invalidName } from "../mend-tokens.ts";
import type { Edit } from "../edit-tokens.ts";
import type { Mend, Rule } from "./mend.ts";
import { plainName } from "./plain-name.ts";
import {
  beginsDeclaration,
  beginsLine,
  beginsStatement,
  endOf,
  imageAt,
  isAmongValues,
  isType,
  placesOf,
  spanOf,
  startOf,
  textOf,
  type Script,
} from "./script.ts";

/** A mend that writes another name wherever a name stands: from one token up to another, and everywhere else. */
function rename(script: Script, from: number, to: number, name: string, uses: readonly Edit[]): Mend {
  const edits = [{ span: spanOf(script, from, to), text: name }, ...uses];
  const fix = { title: uses.length === 0 ? `Write ${name}` : `Write ${name} everywhere`, edits };
  return { diagnostic: invalidName(spanOf(script, from, to), { name: textOf(script, from, to), fix }), end: to };
}

/** `größe`, `$units`, `Dénse`: letters that names have in other languages. A label is left as it is, in quotes. */
export const foreignLetters: Rule = (script, index) => {
  if (!isType(script, index, t.ForeignWord)) return undefined;
  const written = imageAt(script, index);
  const name = plainName(written);
  if (name === undefined || isLabel(script, index)) return undefined;
  const [first, ...others] = placesOf(script, written).filter((at) => !isLabel(script, at));
  if (first !== index) return undefined;
  return rename(script, index, index + 1, name, renamed(script, others, name));
};

function renamed(script: Script, places: readonly number[], text: string): readonly Edit[] {
  return places.map((at) => ({ span: spanOf(script, at), text }));
}

function isLabel(script: Script, index: number): boolean {
  return isType(script, index + 1, t.Colon) && beginsStatement(script, index);
}

/** `model 2Layers {`, `block 1x1(units)`: a name that begins with a digit. */
export const numberedNames: Rule = (script, index) => {
  if (!isType(script, index, t.MalformedNumber) || !/^(?:model|block|let|dim)$/.test(imageAt(script, index - 1)))
    return undefined;
  if (!beginsDeclaration(script, index - 1)) return undefined;
  const written = imageAt(script, index);
  const [, digits, rest] = /^(\d+)_?([A-Za-z_]\w*)$/.exec(written) ?? [];
  if (digits === undefined || rest === undefined) return undefined;
  const name = rest + digits;
  const others = placesOf(script, written).filter((at) => at !== index);
  return rename(script, index, index + 1, name, renamed(script, others, name));
};

/** The index behind words that are joined by hyphens, without spaces. */
function endOfHyphenated(script: Script, index: number): number {
  let end = index + 1;
  const { tokens } = script;
  while (
    isType(script, end, t.Minus) &&
    isType(script, end + 1, t.Identifier, t.NumberLiteral) &&
    endOf(script, end - 1) === startOf(script, end) &&
    endOf(script, end) === startOf(script, end + 1) &&
    end < tokens.length
  )
    end += 2;
  return end;
}

/** `let hidden-units = 16` with its uses, `use-bias=false`. */
export const hyphenatedNames: Rule = (script, index) => {
  if (!isType(script, index, t.Identifier)) return undefined;
  const end = endOfHyphenated(script, index);
  if (end === index + 1) return undefined;
  const text = textOf(script, index, end);
  const name = text.replaceAll("-", "_");
  if (isType(script, end, t.Equals) && isAmongValues(script, index)) return rename(script, index, end, name, []);
  const word = imageAt(script, index - 1);
  if (!/^(?:let|dim|block)$/.test(word) || !beginsDeclaration(script, index - 1)) return undefined;
  const isWhole = word === "dim" ? beginsLine(script, end) || end === script.tokens.length : true;
  if (!isWhole || (word !== "dim" && !isType(script, end, word === "let" ? t.Equals : t.LeftParen))) return undefined;
  return rename(script, index, end, name, usesOf(script, text, index, name));
};

/** Edits of all other places of a name with hyphens. */
function usesOf(script: Script, text: string, index: number, name: string): readonly Edit[] {
  return placesOf(script, imageAt(script, index)).flatMap((at) => {
    const end = endOfHyphenated(script, at);
    const isUse = at !== index && textOf(script, at, end) === text;
    return isUse ? [{ span: spanOf(script, at, end), text: name }] : [];
  });
}
