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
  isType,
  itemsOf,
  spanOf,
  startOf,
  textOf,
  type Script,
} from "./script.ts";

export const foreignClause = defineDiagnostic(
  "foreign-clause",
  "error",
  "An input, weights, labels or compile clause is not written as one.",
  detailsOf,
  () => ({
    meaning:
      'A clause is its word and one value, with no sign between them: input [4] with the shape of a sample, weights "file", labels ["cat", "dog"]. How a model is trained stands in parentheses: compile(optimizer=adam, loss=mse).',
    example: { kind: "source", source: "model M { input: [4] Dense(3) }" },
  }),
);

const mend = mender(foreignClause);

function replacing(script: Script, from: number, to: number, text: string): Edit {
  return { span: spanOf(script, from, to), text };
}

const forms: Readonly<Record<string, string>> = {
  input: "The shape of one sample is a clause: input [4]",
  weights: 'The weights are a clause: weights "./file.keras"',
  labels: 'The labels are a clause: labels ["cat", "dog"]',
};

/** `input: [4]`, `labels = ["cat"]`, `weights: "file"`. */
export const clauseSigns: Rule = (script, index) => {
  const word = imageAt(script, index);
  const message = Object.hasOwn(forms, word) ? forms[word] : undefined;
  if (message === undefined || !beginsStatement(script, index) || !isType(script, index + 1, t.Colon, t.Equals))
    return undefined;
  const isValue =
    word === "weights" ? isType(script, index + 2, t.StringLiteral) : isType(script, index + 2, t.LeftBracket);
  const behind = isType(script, index + 2, t.LeftBracket) ? (script.pairs[index + 2] as number) + 1 : index + 3;
  if (!isValue || isType(script, behind, t.Colon)) return undefined;
  const sign = imageAt(script, index + 1);
  const edits = [
    { span: { ...spanOf(script, index + 1), start: endOf(script, index), end: startOf(script, index + 2) }, text: " " },
  ];
  return mend(script, index + 1, index + 2, {
    message: `${message}, found '${sign}'`,
    fix: { title: `Delete '${sign}'`, edits },
  });
};

/** `input 4`, `input 28, 28`, `input measures [4]`, `input float32[4]`, `input [4] float32`, `[28 x 28]`. */
export const inputForms: Rule = (script, index) => {
  if (imageAt(script, index) !== "input" || !beginsStatement(script, index)) return undefined;
  const next = index + 1;
  if (isType(script, next, t.NumberLiteral) && !beginsLine(script, next)) {
    let end = next + 1;
    while (
      (isType(script, end, t.Comma, t.Star) || imageAt(script, end) === "x") &&
      isType(script, end + 1, t.NumberLiteral)
    )
      end += 2;
    const sizes: string[] = [];
    for (let at = next; at < end; at += 2) sizes.push(imageAt(script, at));
    const text = `[${sizes.join(", ")}]`;
    const fix = { title: `Write ${text}`, edits: [replacing(script, next, end, text)] };
    return mend(script, next, end, { message: "The shape of one sample is a list in square brackets", fix }, end);
  }
  // Behind a label it is a model of that name, and what follows may be a clause.
  if (isType(script, index - 1, t.Colon)) return undefined;
  if (isType(script, next, t.Identifier) && isType(script, next + 1, t.LeftBracket) && !beginsLine(script, next + 1)) {
    const name = imageAt(script, next);
    const isNumberType = /^(?:float|int|double|f\d|u?int)\d*$/.test(name);
    const message = isNumberType ? `Numbers have no types, found '${name}'` : `An input has no name, found '${name}'`;
    const edits = [{ span: { ...spanOf(script, next), end: startOf(script, next + 1) }, text: "" }];
    return mend(script, next, next + 1, { message, fix: { title: `Delete '${name}'`, edits } });
  }
  if (!isType(script, next, t.LeftBracket)) return undefined;
  const behind = (script.pairs[next] as number) + 1;
  const type = imageAt(script, behind);
  if (!/^(?:float|int|double|uint)\d*$/.test(type) || beginsLine(script, behind) || declares(script, type))
    return undefined;
  if (isType(script, behind + 1, t.LeftParen, t.Colon)) return undefined;
  const edits = [{ span: { ...spanOf(script, behind), start: endOf(script, behind - 1) }, text: "" }];
  return mend(script, behind, behind + 1, {
    message: `Numbers have no types, found '${type}'`,
    fix: { title: `Delete '${type}'`, edits },
  });
};

/** `[28 x 28]`, `[a: 4, b: 3]`, `[[28, 28]]`, `[?, 4]` behind `input`. */
export const inputShapes: Rule = (script, index) => {
  if (!isType(script, index, t.LeftBracket) || !["input", "Input"].includes(imageAt(script, index - 1)))
    return undefined;
  if (!beginsStatement(script, index - 1)) return undefined;
  const close = script.pairs[index] as number;
  if (close >= script.tokens.length) return undefined;
  const inner = script.tokens
    .slice(index + 1, close)
    .map(({ image }) => (/^\d+(?:[xX]\d+)+$/.test(image) && !/^0x/i.test(image) ? image.replace(/x/gi, " x ") : image))
    .join(" ");
  const nested = /^\[ ([\w ,]+) \]$/.exec(inner);
  const times = /^\d+(?: (?:x|X|\u00D7) \d+)+$/.test(inner);
  const named = /^[A-Za-z_]\w* : \w+(?: , [A-Za-z_]\w* : \w+)*$/.test(inner);
  const unknown = /^(?:\?|-1|- 1|none|\*|_) ,(?: \w+| ,)+$/.test(inner);
  let text: string | undefined;
  let message = "";
  if (nested !== null) {
    text = `[${nested[1]?.replaceAll(" ,", ",")}]`;
    message = "A shape is one list of sizes, found a list in a list";
  } else if (times) {
    text = `[${inner.replaceAll(/ (?:x|X|\u00D7) /g, ", ")}]`;
    message = `Sizes are listed with commas: ${text}; a product is written with '*'`;
  } else if (named) {
    text = `[${inner.replaceAll(/[A-Za-z_]\w* : /g, "").replaceAll(" ,", ",")}]`;
    message = "The axes of a shape have no names";
  } else if (unknown) {
    text = `[${inner.replace(/^.*? , /, "").replaceAll(" ,", ",")}]`;
    message = `A shape is that of one sample, without the batch axis, found '${inner.split(" ,")[0]?.replace(" ", "")}'`;
  }
  if (text === undefined) return undefined;
  const fix = { title: `Write ${text}`, edits: [replacing(script, index, close + 1, text)] };
  const help = unknown ? "an axis that is known only at run time is named by a dim, for example 'dim time'" : undefined;
  return mend(script, index, close + 1, { message, help, fix }, close + 1);
};

/** `output [3]` behind a layer. */
export const outputClause: Rule = (script, index) => {
  const word = imageAt(script, index);
  if (
    !["output", "outputs", "Output"].includes(word) ||
    !beginsStatement(script, index) ||
    !isType(script, index + 1, t.LeftBracket)
  )
    return undefined;
  if (!isType(script, index - 1, t.RightParen)) return undefined;
  const edits = [
    {
      span: { ...spanOf(script, index), start: endOf(script, index - 1), end: startOf(script, index + 1) },
      text: " -> ",
    },
  ];
  const message = `The output is what the last layer gives; '->' asserts its shape, found '${word}'`;
  return mend(script, index, index + 1, { message, fix: { title: "Write '->'", edits } });
};

/** `model.compile(...)` in the body of a model. */
export const compiledModels: Rule = (script, index) => {
  const word = endOfDotted(script, index) - 1;
  if (word <= index || imageAt(script, word) !== "compile" || !isType(script, word + 1, t.LeftParen)) return undefined;
  if (!beginsStatement(script, index)) return undefined;
  const owner = textOf(script, index, word);
  const edits = [{ span: { ...spanOf(script, index), end: startOf(script, word) }, text: "" }];
  return mend(script, index, word + 1, {
    message: "How a model is trained is a clause of it: compile(optimizer=adam, loss=mse)",
    fix: { title: `Delete '${owner}'`, edits },
  });
};

const labelWords: ReadonlySet<string> = new Set(["labels", "classes", "class_names", "classNames", "categories"]);
const oneList = 'The labels are a list of strings: labels ["cat", "dog"]';

/** `labels "cat", "dog"`, `labels ("cat", "dog")`, `labels {"cat", "dog"}`, `labels {0: "cat"}`, `labels(["cat"])`, `classes [...]`. */
export const labelForms: Rule = (script, index) => {
  const word = imageAt(script, index);
  if (!labelWords.has(word) || !beginsStatement(script, index) || declares(script, word)) return undefined;
  const next = index + 1;
  if (isType(script, next, t.StringLiteral) && word === "labels") {
    let end = next + 1;
    while (isType(script, end, t.Comma) && isType(script, end + 1, t.StringLiteral)) end += 2;
    if (isType(script, end, t.Colon)) return undefined;
    const text = `[${textOf(script, next, end)}]`;
    return mend(
      script,
      next,
      end,
      { message: oneList, fix: { title: `Write '[' and ']'`, edits: [replacing(script, next, end, text)] } },
      end,
    );
  }
  if (isType(script, next, t.LeftBracket)) {
    if (word === "labels") return undefined;
    const fix = { title: "Write 'labels'", edits: [replacing(script, index, next, "labels")] };
    return mend(script, index, next, { message: `${oneList}, found '${word}'`, fix });
  }
  if (
    imageAt(script, next) === "range" &&
    isType(script, next + 1, t.LeftParen) &&
    isType(script, next + 2, t.NumberLiteral)
  ) {
    const count = Number(imageAt(script, next + 2));
    const end = endOfCall(script, next);
    if (end !== next + 4 || !Number.isInteger(count) || count < 1 || count > 100) return undefined;
    const text = `[${Array.from({ length: count }, (_, at) => `"${at}"`).join(", ")}]`;
    return mend(
      script,
      next,
      end,
      { message: oneList, fix: { title: "Write the labels out", edits: [replacing(script, next, end, text)] } },
      end,
    );
  }
  if (!isType(script, next, t.LeftParen, t.LeftBrace)) return undefined;
  const close = script.pairs[next] as number;
  const items = itemsOf(script, next);
  const [first] = items;
  if (close >= script.tokens.length || first === undefined) return undefined;
  const isList = items.length === 1 && isType(script, first.from, t.LeftBracket);
  const isStrings = items.every(
    ({ from, to }) => to === from + 1 && isType(script, from, t.StringLiteral, t.WronglyQuotedString),
  );
  const isNumbered = items.every(
    ({ from, to }, at) =>
      to === from + 3 && imageAt(script, from) === String(at) && isType(script, from + 2, t.StringLiteral),
  );
  if (!isList && !isStrings && !isNumbered) return undefined;
  const { file } = script;
  const found = imageAt(script, next);
  const gap = endOf(script, index) === startOf(script, next) ? " " : "";
  const open = {
    span: { file, start: startOf(script, next), end: startOf(script, isNumbered ? first.from + 2 : first.from) },
    text: isList ? gap : `${gap}[`,
  };
  const keys = isNumbered
    ? items
        .slice(1)
        .map(({ from }) => ({ span: { file, start: startOf(script, from), end: startOf(script, from + 2) }, text: "" }))
    : [];
  const edits = [
    ...(word === "labels" ? [] : [replacing(script, index, next, "labels")]),
    open,
    ...keys,
    { span: spanOf(script, close), text: isList ? "" : "]" },
  ];
  return mend(script, next, next + 1, {
    message: `${oneList}, found '${found}'`,
    fix: { title: "Write '[' and ']'", edits },
  });
};

/** `weights("file")`, `weights ["file"]`, `weights from "file"`, `load_weights("file")`. */
export const weightForms: Rule = (script, index) => {
  const word = imageAt(script, index);
  if (
    !["weights", "load_weights", "loadWeights", "weight"].includes(word) ||
    !beginsStatement(script, index) ||
    declares(script, word)
  )
    return undefined;
  const next = index + 1;
  const inBrackets = isType(script, next, t.LeftParen, t.LeftBracket) && script.pairs[next] === next + 2;
  const isFrom = word === "weights" && ["from", "file", "path"].includes(imageAt(script, next));
  const path = next + 1;
  if (!(inBrackets || isFrom) || !isType(script, path, t.StringLiteral)) return undefined;
  const end = inBrackets ? path + 2 : path + 1;
  const text = `weights ${imageAt(script, path)}`;
  const message = `The weights are a clause: weights "./file.keras", found '${textOf(script, index, path)}'`;
  return mend(
    script,
    index,
    end,
    { message, fix: { title: `Write ${text}`, edits: [replacing(script, index, end, text)] } },
    end,
  );
};
