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
  endOfIndented,
  endOfLine,
  longestHead,
  gapOf,
  imageAt,
  isAmongValues,
  isAtTop,
  isDeclarationWord,
  isType,
  itemsOf,
  spanOf,
  startOf,
  textOf,
  withGapOf,
  type Script,
} from "./script.ts";

export const foreignStatement = defineDiagnostic(
  "foreign-statement",
  "error",
  "A loop, a condition or another statement of a programming language stands in a model file.",
  detailsOf,
  () => ({
    meaning:
      "A model file describes models and does nothing: it has no loops, conditions or calls. Layers that come several times in a row are repeated with repeat, training and printing stay in the script.",
    example: { kind: "source", source: "model M { input [4] for i in range(3) { Dense(4) } Dense(3) }" },
  }),
);

/** Mends a statement of a programming language. */
export const mendStatement = mender(foreignStatement);

/** `64 if large else 16` and `large ? 64 : 16`: the value that comes first is taken. */
export const conditionalValues: Rule = (script, index) => {
  const word = imageAt(script, index);
  if ((word !== "if" && word !== "?") || !isAmongValues(script, index)) return undefined;
  const open = script.around[index] as number;
  const item = itemsOf(script, open).find(({ from, to }) => from < index && index < to);
  if (item === undefined) return undefined;
  const inside = script.tokens.slice(index, item.to).map(({ image }) => image);
  if (!inside.includes(word === "if" ? "else" : ":")) return undefined;
  const isNamed = isType(script, item.from + 1, t.Equals);
  const from = isNamed ? item.from + 2 : item.from;
  const kept = word === "if" ? textOf(script, from, index) : textOf(script, index + 1, index + 2);
  const edits = [{ span: spanOf(script, from, item.to), text: kept }];
  const message = "There are no conditions among values";
  const help = "write two models, or make the value a parameter of a block";
  return { diagnostic: foreignStatement(spanOf(script, from, item.to), { message, help }), edits, end: item.to };
};

/** `if deep:`, `if deep { ... }`, and `else` behind it: their layers are taken as they are. */
export const conditions: Rule = (script, index) => {
  const word = imageAt(script, index);
  if (
    !["if", "elif", "else", "unless", "switch", "try"].includes(word) ||
    !beginsStatement(script, index) ||
    declares(script, word)
  )
    return undefined;
  const lineEnd = endOfLine(script, index, longestHead);
  let brace = index + 1;
  while (brace < lineEnd && !isType(script, brace, t.LeftBrace)) brace++;
  const isIndented = isType(script, lineEnd - 1, t.Colon);
  if (brace >= lineEnd && !isIndented) return undefined;
  const end = isIndented
    ? endOfIndented(script, index)
    : Math.min((script.pairs[brace] as number) + 1, script.tokens.length);
  const message = `A model file has no conditions, found '${word}'`;
  const help = "write two models; what they share is a block";
  const edits = [{ span: spanOf(script, index, end), text: "" }];
  return {
    diagnostic: foreignStatement(spanOf(script, index, isIndented ? lineEnd : brace), { message, help }),
    edits,
    end,
  };
};

/** `return Dense(3)`, `return x`, `pass`, `fit(...)` in a body. */
export const returned: Rule = (script, index) => {
  if (!beginsStatement(script, index) || !isType(script, index, t.Identifier)) return undefined;
  const word = imageAt(script, index);
  if (declares(script, word)) return undefined;
  const next = index + 1;
  if (word === "return" && isType(script, next, t.Identifier) && isType(script, next + 1, t.LeftParen)) {
    const edits = [{ span: { ...spanOf(script, index), end: startOf(script, next) }, text: "" }];
    const message = "Nothing is returned: the last layer gives the output";
    return mendStatement(script, index, next, { message, fix: { title: "Delete 'return'", edits } });
  }
  const end = word === "return" ? endOfLine(script, index) : endOfCall(script, endOfDotted(script, index) - 1);
  const isCall = isType(script, next, t.LeftParen) && ["fit", "summary", "print", "evaluate", "build"].includes(word);
  const isMethod =
    endOfDotted(script, index) > next &&
    /^(?:model|self|super)$/.test(word) &&
    isCallOf(script, endOfDotted(script, index));
  const isPass = word === "pass" && (beginsLine(script, next) || isType(script, next, t.RightBrace));
  const isLone = word === "return" && !isType(script, next, t.Colon, t.LeftParen);
  if (!isCall && !isMethod && !isPass && !isLone) return undefined;
  const to = Math.min(end, brace(script, index, end));
  const message = isLone
    ? "Nothing is returned: the last layer gives the output"
    : isPass
      ? "A body holds layers, found 'pass'"
      : `A model file describes models and does nothing with them, found '${word}'`;
  const edits = [{ span: withGapOf(script, index, to), text: "" }];
  if (isPass && isType(script, index - 1, t.LeftBrace) && isType(script, next, t.RightBrace)) {
    const help = "write at least one; Identity() passes its input on";
    return { diagnostic: foreignStatement(spanOf(script, index), { message, help }), edits };
  }
  return mendStatement(
    script,
    index,
    to,
    { message, fix: { title: `Delete '${textOf(script, index, to).split("(")[0]}'`, edits } },
    to,
  );
};

function isCallOf(script: Script, index: number): boolean {
  return isType(script, index, t.LeftParen) && !["add", "compile"].includes(imageAt(script, index - 1));
}

/** The index of the brace that closes the body of the token at `index`, at most `end`. */
function brace(script: Script, index: number, end: number): number {
  const open = script.around[index] ?? -1;
  return open < 0 ? end : Math.min(end, script.pairs[open] as number);
}

/** `Iris.fit(...)`, `print(...)`, `@tf.function` outside of a model. */
export const statementsAtTop: Rule = (script, index) => {
  if (!isAtTop(script, index) || !beginsLine(script, index)) return undefined;
  const isDecorator = imageAt(script, index) === "@";
  const name = isDecorator ? index + 1 : index;
  if (!isType(script, name, t.Identifier)) return undefined;
  const end = endOfDotted(script, name);
  const word = imageAt(script, name);
  const isMethod = end > name + 1 && isType(script, end, t.LeftParen) && imageAt(script, end - 1) !== "add";
  const isCall = isType(script, end, t.LeftParen) && ["print", "fit", "summary", "console"].includes(word);
  if ((!isMethod && !isCall && !isDecorator) || isDeclarationWord(word)) return undefined;
  const to = endOfCall(script, end - 1);
  const text = textOf(script, index, end);
  const message = isDecorator
    ? `There are no decorators in a model file, found '${text}'`
    : `A model file describes models and does nothing with them, found '${text}'`;
  const help = isDecorator ? undefined : "training, saving and printing stay in the script";
  const stop = isType(script, to, t.Semicolon) ? to + 1 : to;
  const edits = [{ span: lineOf(script, index, stop), text: "" }];
  return mendStatement(script, index, end, { message, help, fix: { title: "Delete it", edits } }, stop);
};

/** From a token up to another with the line end before it, if there is one. */
function lineOf(script: Script, from: number, to: number): Edit["span"] {
  return from === 0
    ? { ...spanOf(script, from, to), end: to < script.tokens.length ? startOf(script, to) : endOf(script, to - 1) }
    : { ...gapOf(script, from - 1, from), end: endOf(script, to - 1) };
}
