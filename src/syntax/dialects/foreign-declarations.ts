import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { detailsOf, fixer, type Rule } from "./mend.ts";
import {
  beginsDeclaration,
  beginsLine,
  beginsStatement,
  endOf,
  gapLike,
  gapOf,
  imageAt,
  isAtTop,
  isDeclarationWord,
  isInBody,
  isType,
  itemsOf,
  spanOf,
  startOf,
  textOf,
} from "./script.ts";

export const foreignDeclaration = defineDiagnostic(
  "foreign-declaration",
  "error",
  "A declaration is written as in a programming language: exported, with types, without its keyword.",
  detailsOf,
  () => ({
    meaning:
      "Every model of a file is exported, values have no types, and a value is declared by let. A model has no parameters and no base class, and its name is one word.",
    example: { kind: "source", source: "export model M { input [4] Dense(3) }" },
  }),
);

const mend = fixer(foreignDeclaration);

/** `export model`, `export default model`, `export const`, `public model`. */
export const exported: Rule = (script, index) => {
  if (
    !["export", "public", "pub", "private", "static", "global"].includes(imageAt(script, index)) ||
    !beginsDeclaration(script, index)
  )
    return undefined;
  let end = index + 1;
  if (imageAt(script, end) === "default") end++;
  const words = textOf(script, index, end);
  const isValue = isType(script, end, t.Identifier) && isType(script, end + 1, t.Equals);
  if (!isType(script, end, t.Identifier) || beginsLine(script, end)) return undefined;
  const isConst = ["const", "var"].includes(imageAt(script, end));
  const to = isConst ? end + 1 : end;
  const message =
    isValue || isConst
      ? `A value is declared by let, found '${words}'`
      : `Every model is exported, without a word before it, found '${words}'`;
  const text = isValue || isConst ? "let " : "";
  const edits = [{ span: { ...spanOf(script, index), end: startOf(script, to) }, text }];
  return mend(script, index, end, message, text === "" ? `Delete '${words}'` : "Write 'let'", edits, to);
};

/** `layer Dense(10)`. */
export const layerWords: Rule = (script, index) => {
  if (imageAt(script, index) !== "layer" || script.declared.has("layer") || !beginsStatement(script, index))
    return undefined;
  const next = index + 1;
  if (!isInBody(script, index) || beginsLine(script, next) || !isType(script, next, t.Identifier)) return undefined;
  const edits = [{ span: { ...spanOf(script, index), end: startOf(script, next) }, text: "" }];
  return mend(
    script,
    index,
    next,
    "A layer is written without a keyword, found 'layer'",
    "Delete 'layer'",
    edits,
    next,
  );
};

/** `hidden = 16` and `hidden: 16` outside of a model. */
export const valuesWithoutLet: Rule = (script, index) => {
  if (!beginsDeclaration(script, index) || !isType(script, index, t.Identifier)) return undefined;
  if (isDeclarationWord(imageAt(script, index)) || script.declared.has(imageAt(script, index))) return undefined;
  if (!isType(script, index + 1, t.Equals, t.Colon)) return undefined;
  const value = index + 2;
  if (!isType(script, value, t.NumberLiteral, t.StringLiteral, t.LeftBracket, t.Minus)) {
    if (!isType(script, value, t.Identifier) || isType(script, value + 1, t.LeftParen, t.Unknown)) return undefined;
  }
  if (isType(script, value, t.StringLiteral) && isType(script, value + 1, t.Colon)) return undefined;
  const name = imageAt(script, index);
  const edits = [{ span: { ...spanOf(script, index), end: startOf(script, value) }, text: `let ${name} = ` }];
  return mend(script, index, value, `A value is declared by let: let ${name} = ...`, "Write 'let'", edits, value);
};

/** `let hidden: int = 16`, `dim time: int`, `block Hidden(units: int)`. */
export const types: Rule = (script, index) => {
  if (
    !isType(script, index, t.Colon) ||
    !isType(script, index - 1, t.Identifier) ||
    !isType(script, index + 1, t.Identifier)
  )
    return undefined;
  const type = imageAt(script, index + 1);
  const isTyped = /^(?:int|float|number|string|str|bool|boolean|list|tuple|size|usize|[iuf]\d+|float\d+|int\d+)$/i.test(
    type,
  );
  const open = script.around[index] as number;
  const inParameters =
    isType(script, open, t.LeftParen) && ["block", "def", "function"].includes(imageAt(script, open - 2));
  const inDeclaration = isAtTop(script, index) && ["let", "dim", "const", "var"].includes(imageAt(script, index - 2));
  if (!isTyped || !(inParameters || inDeclaration)) return undefined;
  const edits = [
    { span: { ...spanOf(script, index), start: endOf(script, index - 1), end: endOf(script, index + 1) }, text: "" },
  ];
  return mend(
    script,
    index,
    index + 2,
    `Values have no types, found '${type}'`,
    `Delete ': ${type}'`,
    edits,
    index + 2,
  );
};

/** `dim time = 5`, `dim time {`. */
export const dimValues: Rule = (script, index) => {
  if (imageAt(script, index) !== "dim" || !beginsDeclaration(script, index) || !isType(script, index + 1, t.Identifier))
    return undefined;
  if (isType(script, index + 2, t.Equals)) {
    const message = "A dim is known only at run time; a value that is known is declared by let";
    return mend(script, index, index + 1, message, "Write 'let'", [{ span: spanOf(script, index), text: "let" }]);
  }
  if (!isType(script, index + 2, t.LeftBrace) || beginsLine(script, index + 2)) return undefined;
  const close = script.pairs[index + 2] as number;
  const isEmpty = close === index + 3;
  if (!isEmpty && close < script.tokens.length) return undefined;
  const span = {
    ...gapOf(script, index + 1, index + 2),
    end: isEmpty ? endOf(script, close) : endOf(script, index + 2),
  };
  return mend(
    script,
    index + 2,
    index + 3,
    "A dim is its name alone, found '{'",
    "Delete '{'",
    [{ span, text: "" }],
    index + 3,
  );
};

/** `model Iris() {`, `model Iris(4) {`, `class Iris(Model) {`, `class Iris extends Model {`, `model "Iris" {`, `model Iris Classifier {`. */
export const modelHeads: Rule = (script, index) => {
  const word = imageAt(script, index);
  if (!["model", "class"].includes(word) || !beginsDeclaration(script, index)) return undefined;
  const keyword = word === "model" ? [] : [{ span: spanOf(script, index), text: "model" }];
  const name = index + 1;
  if (isType(script, name, t.StringLiteral) && isType(script, name + 1, t.LeftBrace)) {
    const text = imageAt(script, name).slice(1, -1);
    if (!/^[A-Za-z_]\w*$/.test(text)) return undefined;
    return mend(script, name, name + 1, "The name of a model has no quotes", "Remove the quotes", [
      ...keyword,
      { span: spanOf(script, name), text },
    ]);
  }
  if (!isType(script, name, t.Identifier)) return undefined;
  let brace = name + 1;
  while (
    brace < name + 12 &&
    brace < script.tokens.length &&
    !isType(script, brace, t.LeftBrace) &&
    !beginsLine(script, brace)
  )
    brace++;
  if (!isType(script, brace, t.LeftBrace) || brace === name + 1) return undefined;
  const rest = textOf(script, name + 1, brace);
  const found = `found '${rest}'`;
  const removal = { span: { file: script.file, start: endOf(script, name), end: endOf(script, brace - 1) }, text: "" };
  const words = /^(?:[ -]?[A-Za-z_0-9]+)+$/.exec(rest);
  if (isType(script, name + 1, t.LeftParen)) {
    const items = itemsOf(script, name + 1);
    const [only] = items;
    if (
      items.length === 1 &&
      only !== undefined &&
      only.to === only.from + 1 &&
      isType(script, only.from, t.NumberLiteral)
    ) {
      const gap = gapLike(script, brace + 1);
      const input = {
        span: { ...spanOf(script, brace), start: endOf(script, brace) },
        text: `${gap}input [${imageAt(script, only.from)}]`,
      };
      const message = "A model has no parameters; the shape of its input is a clause: input [4]";
      return mend(
        script,
        name + 1,
        brace,
        message,
        `Write input [${imageAt(script, only.from)}]`,
        [...keyword, removal, input],
        brace,
      );
    }
    const isBase = items.every(
      ({ from, to }) => to === from + 1 || imageAt(script, to - 1) === "Model" || imageAt(script, to - 1) === "Module",
    );
    if (!isBase) return undefined;
    const message =
      word === "class" ? `A model is written as model Name { ... }, ${found}` : `A model has no parameters, ${found}`;
    return mend(script, name + 1, brace, message, `Delete '${rest}'`, [...keyword, removal], brace);
  }
  if (["extends", ":"].includes(imageAt(script, name + 1)) && isType(script, name + 2, t.Identifier)) {
    return mend(
      script,
      name + 1,
      brace,
      `A model has no base class, ${found}`,
      `Delete '${rest}'`,
      [...keyword, removal],
      brace,
    );
  }
  if (imageAt(script, name + 1) === "->") {
    const message = "The output of a model follows from its layers; '->' behind the last one asserts its shape";
    return mend(script, name + 1, brace, message, `Delete '${rest}'`, [...keyword, removal], brace);
  }
  if (words === null) return undefined;
  const joined =
    imageAt(script, name) +
    rest
      .split(/[ -]+/)
      .map((part) => (rest.includes("-") ? `_${part}` : part))
      .join("");
  const one = joined.replace(/__+/g, "_");
  const edits = [...keyword, { span: spanOf(script, name, brace), text: one }];
  return mend(
    script,
    name,
    brace,
    `A name is one word of letters, digits and '_', found '${textOf(script, name, brace)}'`,
    `Write ${one}`,
    edits,
    brace,
  );
};
