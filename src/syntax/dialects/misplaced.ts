import * as t from "../../../grammar/tokens.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { misplacedDeclaration, misplacedStatement } from "../build-ast.ts";
import type { Mend, Rule } from "./mend.ts";
import { endOfDotted } from "./dotted-names.ts";
import {
  beginsDeclaration,
  beginsLine,
  beginsStatement,
  endOf,
  endOfCall,
  gapLike,
  imageAt,
  isAtTop,
  isType,
  placeAt,
  placesOf,
  spanOf,
  startOf,
  startOfLine,
  textOf,
  withGapOf,
  type Script,
} from "./script.ts";

/** `let`, `dim`, `import`, `block` and `model` on lines of their own in a body: they are moved before what encloses them. */
export const declarationsInBodies: Rule = (script, index) => {
  const keyword = imageAt(script, index);
  if (!/^(?:let|dim|import|block|model)$/.test(keyword) || !beginsStatement(script, index)) return undefined;
  const end = endOfDeclaration(script, index, keyword);
  if (end === undefined || !beginsLine(script, index) || isType(script, index - 1, t.Colon)) return undefined;
  if (!beginsLine(script, end) && !isType(script, end, t.RightBrace)) return undefined;
  const head = headAround(script, index);
  if (head === undefined) return undefined;
  if (usesParameters(script, head, index, end))
    return keyword === "let" ? asParameter(script, head, index, end) : undefined;
  const gap = withGapOf(script, index, end);
  const edits = [
    {
      span: placeAt(script, startWithDocs(script, head)),
      text: `${unindented(textOf(script, index, end), script, index)}\n`,
    },
    { span: gap, text: "" },
  ];
  // The parser takes it where it stands, so that what it holds is told at its place.
  return {
    diagnostic: misplacedDeclaration(spanOf(script, index), { keyword, fix: { title: "Move it", edits } }),
    edits: [],
    end,
  };
};

/** The index behind the declaration at `index`, if it has the form of one. */
function endOfDeclaration(script: Script, index: number, keyword: string): number | undefined {
  const hasName = isType(script, index + 1, t.Identifier);
  if (keyword === "dim") return hasName ? index + 2 : undefined;
  if (keyword === "let")
    return hasName && isType(script, index + 2, t.Equals) ? endOfValue(script, index + 3) : undefined;
  if (keyword === "import") {
    const from = (script.pairs[index + 1] as number) + 1;
    return isType(script, index + 1, t.LeftBrace) && isType(script, from + 1, t.StringLiteral) ? from + 2 : undefined;
  }
  const brace = keyword === "model" ? index + 2 : (script.pairs[index + 2] as number) + 1;
  const close = isType(script, brace, t.LeftBrace) ? (script.pairs[brace] as number) : script.tokens.length;
  return hasName && close < script.tokens.length ? close + 1 : undefined;
}

/** The index behind a value that goes on to the end of its line, and on in brackets. */
function endOfValue(script: Script, from: number): number {
  let end = from;
  do {
    const isOpen = isType(script, end, t.LeftParen, t.LeftBracket, t.LeftBrace);
    end = isOpen ? (script.pairs[end] as number) + 1 : end + 1;
  } while (end < script.tokens.length && !beginsLine(script, end) && !isType(script, end, t.RightBrace));
  return end;
}

/** The keyword of the declaration in whose body a token stands. */
function headAround(script: Script, index: number): number | undefined {
  let brace = script.around[index] as number;
  while ((script.around[brace] ?? -1) >= 0) brace = script.around[brace] as number;
  const head = isType(script, brace - 1, t.RightParen) ? (script.openers[brace - 1] as number) - 2 : brace - 2;
  return /^(?:model|block)$/.test(imageAt(script, head)) && beginsDeclaration(script, head) ? head : undefined;
}

/** A let of a block's parameters is one of them itself: its default sees those before it. */
function asParameter(script: Script, head: number, from: number, to: number): Mend | undefined {
  const open = head + 2;
  const close = script.pairs[open] as number;
  if (!isType(script, close, t.RightParen)) return undefined;
  const name = imageAt(script, from + 1);
  const text = `, ${name}=${textOf(script, from + 3, to)}`;
  const edits = [
    { span: placeAt(script, endOf(script, close - 1)), text },
    { span: withGapOf(script, from, to), text: "" },
  ];
  const fix = { title: `Make ${name} a parameter`, edits };
  return { diagnostic: misplacedDeclaration(spanOf(script, from), { keyword: "let", fix }), end: to };
}

/** Whether a declaration needs the parameters of the block in which it stands. */
function usesParameters(script: Script, head: number, from: number, to: number): boolean {
  if (imageAt(script, head) !== "block") return false;
  const close = script.pairs[head + 2] as number;
  const parameters = new Set(script.tokens.slice(head + 3, close).map(({ image }) => image));
  return script.tokens
    .slice(from, to)
    .some(({ image, tokenType }) => tokenType === t.Identifier && parameters.has(image));
}

/** Where a declaration begins with the doc comments before it, which what is moved there must not take over. */
function startWithDocs(script: Script, head: number): number {
  const start = startOf(script, head);
  const before = script.text.slice(Math.max(0, start - mostCharacters), start);
  const [docs = ""] = /(?:^|(?<=\n))(?:[ \t]*\/\/\/[^\n]*\n)+[ \t]*$/.exec(before) ?? [];
  return start - docs.length;
}

const mostCharacters = 500;

/** A text of several lines without the indent of its first line. */
function unindented(text: string, script: Script, index: number): string {
  const indent = script.tokens[index]?.indent ?? 0;
  return text.replace(new RegExp(`\\n {0,${indent}}`, "g"), "\n");
}

/** `labels [...]`, `weights "..."` and `input [...]` outside of the only model: they are moved into it. */
export const clausesAtTop: Rule = (script, index) => {
  const word = imageAt(script, index);
  if (!/^(?:labels|weights|input)$/.test(word) || !isAtTop(script, index) || !beginsDeclaration(script, index))
    return undefined;
  const isList = word !== "weights" && isType(script, index + 1, t.LeftBracket);
  if (!isList && !(word === "weights" && isType(script, index + 1, t.StringLiteral))) return undefined;
  const end = isList ? (script.pairs[index + 1] as number) + 1 : index + 2;
  const brace = bodyOfOnlyModel(script);
  if (brace === undefined || !(beginsLine(script, end) || end >= script.tokens.length)) return undefined;
  const hasOne = placesOf(script, word).some((at) => script.around[at] === brace && !isType(script, at + 1, t.Colon));
  if (hasOne) return undefined;
  const isLast = word === "labels";
  const at = isLast ? (script.pairs[brace] as number) - 1 : brace;
  const text = gapLike(script, isLast ? startOfLine(script, at) : brace + 1) + textOf(script, index, end);
  const edits = [
    { span: placeAt(script, endOf(script, at)), text },
    { span: removed(script, index, end), text: "" },
  ];
  const fix = { title: "Move it into the model", edits };
  const diagnostic = misplacedStatement(spanOf(script, index, end), { fix });
  return { diagnostic, ...(word === "input" ? {} : { edits: [] }), end };
};

/** `compile(...)`, `model.compile(...)` and `Iris.compile(...)` outside of the only model: they are moved into it. */
export const compileAtTop: Rule = (script, index) => {
  const word = endOfDotted(script, index) - 1;
  if (imageAt(script, word) !== "compile" || !isType(script, word + 1, t.LeftParen)) return undefined;
  if (!isAtTop(script, index) || !beginsDeclaration(script, index)) return undefined;
  const call = endOfCall(script, word);
  const end = isType(script, call, t.Semicolon) ? call + 1 : call;
  const brace = bodyOfOnlyModel(script);
  if (brace === undefined || !(beginsLine(script, end) || end >= script.tokens.length)) return undefined;
  if (placesOf(script, "compile").some((at) => script.around[at] === brace)) return undefined;
  const last = (script.pairs[brace] as number) - 1;
  const text = gapLike(script, startOfLine(script, last)) + textOf(script, word, call);
  const edits = [
    { span: placeAt(script, endOf(script, last)), text },
    { span: removed(script, index, end), text: "" },
  ];
  const fix = { title: "Move it into the model", edits };
  // What is wrong with its arguments is told where it stands.
  const owner = index === word ? [] : [{ span: { ...spanOf(script, index), end: startOf(script, word) }, text: "" }];
  return { diagnostic: misplacedStatement(spanOf(script, word, call), { fix }), edits: owner, end };
};

/** A statement with the line end before it, or behind it at the beginning of the file. */
function removed(script: Script, from: number, to: number): Span {
  const end = endOf(script, to - 1);
  if (from > 0) return withGapOf(script, from, to);
  return {
    file: script.file,
    start: startOf(script, from),
    end: to < script.tokens.length ? startOf(script, to) : end,
  };
}

function bodyOfOnlyModel(script: Script): number | undefined {
  const heads = placesOf(script, "model").filter(
    (at) => beginsDeclaration(script, at) && imageAt(script, at + 1) !== ".",
  );
  const [head] = heads;
  if (head === undefined || heads.length > 1 || !isType(script, head + 2, t.LeftBrace)) return undefined;
  return (script.pairs[head + 2] as number) < script.tokens.length ? head + 2 : undefined;
}
