import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Edit } from "../edit-tokens.ts";
import { detailsOf, mender, type Mend, type Rule } from "./mend.ts";
import {
  beginsStatement,
  declares,
  endOf,
  endOfCall,
  endOfLine,
  imageAt,
  isAmongValues,
  isType,
  itemsOf,
  spanOf,
  startOf,
  textOf,
  type Script,
} from "./script.ts";

export const foreignValue = defineDiagnostic(
  "foreign-value",
  "error",
  "The arguments of a layer or the items of a list are those of another language or library.",
  detailsOf,
  () => ({
    meaning:
      "A size of several numbers is one list, labels are strings in double quotes, an activation is a word, and Dense takes the number of its units alone: its inputs are those of the layer before.",
    example: { kind: "source", source: "model M { input [10] Reshape(2, 5) Flatten() Dense(3) }" },
  }),
);

const mend = mender(foreignValue);

/** The arguments without a name at the beginning of the call of the layer at `index`. */
function unnamed(script: Script, index: number): readonly { readonly from: number; readonly to: number }[] {
  const items = itemsOf(script, index + 1);
  const end = items.findIndex(({ from }) => isType(script, from + 1, t.Equals));
  return end < 0 ? items : items.slice(0, end);
}

function isNumber(script: Script, { from, to }: { readonly from: number; readonly to: number }): boolean {
  const at = isType(script, from, t.Minus) ? from + 1 : from;
  return to === at + 1 && isType(script, at, t.NumberLiteral);
}

/** `Reshape(2, 5)`, `Permute(2, 1)`, `view(-1, 64)`. */
export const sizesWithoutList: Rule = (script, index) => {
  const word = imageAt(script, index);
  if (
    !["Reshape", "Permute", "view", "reshape"].includes(word) ||
    !beginsStatement(script, index) ||
    declares(script, word)
  )
    return undefined;
  if (!isType(script, index + 1, t.LeftParen)) return undefined;
  const items = unnamed(script, index);
  const [first] = items;
  const last = items.at(-1);
  const isOwn = /^[A-Z]/.test(word);
  if (first === undefined || last === undefined || (isOwn && items.length < 2)) return undefined;
  if (!items.every((item) => isNumber(script, item))) return undefined;
  const sizes = items.map(({ from, to }) => textOf(script, from, to));
  const kept = !isOwn && sizes[0] === "-1" && sizes.length > 1 ? sizes.slice(1) : sizes;
  const text = `[${kept.join(", ")}]`;
  const edits = [
    ...(isOwn ? [] : [{ span: spanOf(script, index), text: "Reshape" }]),
    { span: spanOf(script, first.from, last.to), text },
  ];
  const message = isOwn
    ? `${word} takes one list: ${text}`
    : `PyTorch's ${word} is Reshape(${text}) here, without the batch axis`;
  return mend(script, first.from, last.to, { message, fix: { title: `Write ${text}`, edits } }, last.to);
};

/** `Dense(4, 16)`, `Dense(64, 32, 16)`, `Dense(relu, 16)`. */
export const argumentsOfDense: Rule = (script, index) => {
  if (imageAt(script, index) !== "Dense" || !beginsStatement(script, index) || !isType(script, index + 1, t.LeftParen))
    return undefined;
  const items = unnamed(script, index);
  const [first, second] = items;
  if (first === undefined || second === undefined || !isNumber(script, second)) return undefined;
  const units = textOf(script, second.from, second.to);
  if (isNumber(script, first)) {
    const all = items.filter((item) => isNumber(script, item));
    const last = all.at(-1) as { readonly to: number };
    const message = "Dense takes the number of its units alone; its inputs are those of the layer before";
    if (all.length > 2) {
      const help = "write one Dense for each number of units";
      const edits = [{ span: spanOf(script, first.from, last.to), text: textOf(script, first.from, first.to) }];
      return { diagnostic: foreignValue(spanOf(script, first.from, last.to), { message, help }), edits, end: last.to };
    }
    // A number with a comma in it: 1,024.
    if (endOf(script, first.to - 1) + 1 === startOf(script, second.from) && units.length === 3) {
      const help = "numbers are written without commas, as in 1024 or 1_024";
      return {
        diagnostic: foreignValue(spanOf(script, first.from, second.to), { message, help }),
        edits: [{ span: spanOf(script, first.from, second.to), text: units.replace(/^0+(?=\d)/, "") }],
        end: second.to,
      };
    }
    const edits = [{ span: { ...spanOf(script, first.from), end: startOf(script, second.from) }, text: "" }];
    return mend(script, first.from, first.to, { message, fix: { title: `Write Dense(${units})`, edits } }, second.to);
  }
  if (
    first.to !== first.from + 1 ||
    !isType(script, first.from, t.Identifier) ||
    declares(script, imageAt(script, first.from))
  )
    return undefined;
  const word = imageAt(script, first.from);
  const text = `${units}, activation=${word}`;
  const edits = [{ span: spanOf(script, first.from, second.to), text }];
  return mend(
    script,
    first.from,
    second.to,
    { message: "The units of Dense come first", fix: { title: `Write Dense(${text})`, edits } },
    second.to,
  );
};

/** `activation=lambda x: ...`, `activation=x => ...`, and the function of a Lambda. */
export const functions: Rule = (script, index) => {
  if (!isAmongValues(script, index) || !isType(script, index, t.Identifier, t.LeftParen)) return undefined;
  const open = script.around[index] as number;
  const isLambda = imageAt(script, index) === "lambda" && isType(script, index + 1, t.Identifier, t.Colon);
  const behind = isType(script, index, t.LeftParen) ? (script.pairs[index] as number) + 1 : index + 1;
  if (!isLambda && imageAt(script, behind) !== "=>") return undefined;
  if (!isType(script, index - 1, t.Equals, t.LeftParen, t.Comma)) return undefined;
  const item = itemsOf(script, open).find(({ from, to }) => from <= index && index < to);
  if (item === undefined) return undefined;
  const layer = imageAt(script, open - 1);
  const edits: Edit[] = [{ span: spanOf(script, index, item.to), text: layer === "Lambda" ? "none" : "linear" }];
  if (layer === "Lambda") {
    const message = "Functions can't be written in a model file";
    const help =
      "Rescaling(1 / 255) scales, Activation(relu) applies an activation; another function stays in the program that calls the model";
    const start = open - 1;
    const end = endOfCall(script, start);
    return {
      diagnostic: foreignValue(spanOf(script, start, end), { message, help }),
      edits: [{ span: spanOf(script, start, end), text: "Identity()" }],
      end,
    };
  }
  const message = "An activation is one of the words, such as relu; functions can't be written";
  return { diagnostic: foreignValue(spanOf(script, index, item.to), { message }), edits, end: item.to };
};

/** `labels [cat, dog]`, `labels [0, 1]`, labels in guillemets or backticks. */
export const labelsWithoutQuotes: Rule = (script, index) => {
  if (
    !isType(script, index, t.LeftBracket) ||
    imageAt(script, index - 1) !== "labels" ||
    !beginsStatement(script, index - 1)
  )
    return undefined;
  const broken = brokenLabels(script, index);
  if (broken !== undefined) return broken;
  const items = itemsOf(script, index);
  const edits: Edit[] = [];
  for (const { from, to } of items) {
    const text = textOf(script, from, to);
    const quoted = /^[«`»]\s*([^"«»`\\]*?)\s*[»`«]$/u.exec(text)?.[1];
    const isWord = to === from + 1 && isType(script, from, t.Identifier, t.NumberLiteral) && !declares(script, text);
    if (quoted === undefined && !isWord) continue;
    edits.push({ span: spanOf(script, from, to), text: `"${quoted ?? text}"` });
  }
  const [first] = edits;
  if (first === undefined || edits.length > 200) return undefined;
  const found = script.text.slice(first.span.start, first.span.end);
  const title = edits.length === 1 ? `Write ${first.text}` : "Write them in double quotes";
  const close = script.pairs[index] as number;
  const last = edits.at(-1) as Edit;
  const span = { ...first.span, end: last.span.end };
  return {
    diagnostic: foreignValue(span, {
      message: `Labels are strings in double quotes, found ${found}`,
      fix: { title, edits },
    }),
    end: close,
  };
};

/** Labels on one line of which one has a quote too few, or an apostrophe in single quotes. */
function brokenLabels(script: Script, open: number): Mend | undefined {
  const { file, text } = script;
  const lineEnd = endOfLine(script, open);
  const tokens = script.tokens.slice(open, lineEnd);
  if (!tokens.some(({ tokenType }) => tokenType === t.UnterminatedString)) return undefined;
  const start = endOf(script, open);
  const line = text.slice(start, endOf(script, lineEnd - 1));
  const close = line.lastIndexOf("]");
  if (close < 0 || /["'\u2018-\u201F]\s*$/.test(line.slice(close + 1))) return undefined;
  const labels = line.slice(0, close).split(",");
  const parts = labels.map((label) => /^\s*["'\u2018-\u201F]?([^"\\]*?)["'\u2018-\u201F]?\s*$/.exec(label)?.[1]);
  // A list of one is told as any other string without its end.
  if (parts.length < 2 || parts.some((part) => part === undefined || part === "")) return undefined;
  const span = { file, start, end: start + close };
  const list = parts.map((part) => `"${part}"`).join(", ");
  const message = "A label has no closing quote, or has an apostrophe in single quotes";
  const fix = { title: `Write ${list}`, edits: [{ span, text: list }] };
  return { diagnostic: foreignValue(span, { message, fix }), end: lineEnd };
}
