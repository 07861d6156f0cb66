import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { unterminatedString } from "../mend-tokens.ts";
import { detailsOf, mender, type Mend, type Rule } from "./mend.ts";
import {
  beginsDeclaration,
  beginsLine,
  beginsStatement,
  declares,
  endOf,
  imageAt,
  isAmongValues,
  isType,
  lineLike,
  placeAt,
  spanOf,
  startOf,
  type Script,
} from "./script.ts";

export const foreignString = defineDiagnostic(
  "foreign-string",
  "error",
  "A string is written as in another language: with a letter before it, in backticks, or with backslashes as a path.",
  detailsOf,
  () => ({
    meaning:
      "A string stands in double quotes on one line, and is what it says: nothing is put into it or joined to it. Paths have '/' on every system.",
    example: { kind: "source", source: 'model M { input [4] Dense(1) labels [r"cat"] }' },
  }),
);

const mend = mender(foreignString);

function isString(script: Script, index: number): boolean {
  return isType(script, index, t.StringLiteral, t.WronglyQuotedString);
}

/** `f"dense"`, `r"./file"`: a letter of Python before a string. */
export const prefixedStrings: Rule = (script, index) => {
  const prefix = imageAt(script, index);
  if (!/^(?:[fFrRbBuU]|[rR][bB]|[bBfF][rR])$/.test(prefix) || !isString(script, index + 1)) return undefined;
  if (endOf(script, index) !== startOf(script, index + 1) || declares(script, prefix)) return undefined;
  const edits = [{ span: spanOf(script, index), text: "" }];
  const isFilled = /f/i.test(prefix) && imageAt(script, index + 1).includes("{");
  if (isFilled) {
    const help = "write out what it comes to";
    const diagnostic = foreignString(spanOf(script, index, index + 2), { message: filled, help });
    return { diagnostic, edits };
  }
  const message = `A string has no letter before it, found '${prefix}'`;
  return mend(script, index, index + 1, { message, fix: { title: `Delete '${prefix}'`, edits } });
};

const filled = "A string is what it says, and has no places to be filled in";

/** A template string in backticks. */
export const backticks: Rule = (script, index) => {
  if (imageAt(script, index) !== "`") return undefined;
  const start = startOf(script, index);
  const [whole, inner] = /^`([^`\r\n]*)`/.exec(script.text.slice(start, start + mostCharacters)) ?? [];
  if (whole === undefined || inner === undefined || /["\\]/.test(inner)) return undefined;
  let end = index + 1;
  while (end < script.tokens.length && startOf(script, end) < start + whole.length) end++;
  const span = { file: script.file, start, end: start + whole.length };
  const fix = { title: `Write "${inner}"`, edits: [{ span, text: `"${inner}"` }] };
  if (!inner.includes("${")) {
    const message = "Strings are written in double quotes, found `...`";
    return { diagnostic: foreignString(span, { message, fix }), end };
  }
  const help = "write out what it comes to";
  return { diagnostic: foreignString(span, { message: filled, help }), edits: fix.edits, end };
};

/** Strings and docstrings of persons are shorter. */
const mostCharacters = 4000;

/** A docstring of Python, in one line or several. */
export const docStrings: Rule = (script, index) => {
  const start = startOf(script, index);
  const quotes = script.text.slice(start, start + 3);
  if ((quotes !== '"""' && quotes !== "'''") || !(beginsStatement(script, index) || beginsDeclaration(script, index)))
    return undefined;
  const begun = script.text.slice(start + 3, start + mostCharacters);
  const length = begun.indexOf(quotes);
  if (length < 0) return undefined;
  const span = { file: script.file, start, end: start + length + 6 };
  let end = index + 1;
  while (end < script.tokens.length && startOf(script, end) < span.end) end++;
  if (!beginsLine(script, end)) return undefined;
  const lines = begun
    .slice(0, length)
    .trim()
    .split(/\s*\r?\n\s*/);
  const text = lines.map((line) => `/// ${line}`.trimEnd()).join(lineLike(script, index));
  const message = `A model, a layer or a clause is documented by a comment before it, found ${quotes}`;
  const fix = { title: "Write '///'", edits: [{ span, text }] };
  return { diagnostic: foreignString(span, { message, fix }), edits: [{ span, text: "" }], end };
};

/** Words between backslashes, and an ending: no escape but by chance. A doubled one is an escape. */
const windowsPath = /^(?:[A-Za-z]:)?[\w. -]*(?:[\\/][\w. -]+)*\\[\w. -]+(?:[\\/][\w. -]+)*\.\w+$/;

/** A path with the backslashes of Windows. */
export const windowsPaths: Rule = (script, index) => {
  const image = imageAt(script, index);
  const word = imageAt(script, index - 1);
  if (!isString(script, index) || !image.includes("\\") || (word !== "weights" && word !== "from")) return undefined;
  if (!windowsPath.test(image.slice(1, -1))) return undefined;
  const path = image.slice(1, -1).replaceAll("\\", "/");
  const isBare = word === "from" && !/^(?:\.|\/|[A-Za-z]:)/.test(path);
  const text = `"${isBare ? "./" : ""}${path}"`;
  const message = "Paths are written with '/' on every system, found '\\'";
  return mend(script, index, index + 1, {
    message,
    fix: { title: `Write ${text}`, edits: [{ span: spanOf(script, index), text }] },
  });
};

/** A path, or a string over two lines, that is left open. */
export const openStrings: Rule = (script, index) => {
  if (!isType(script, index, t.UnterminatedString)) return undefined;
  const text = imageAt(script, index).trimEnd();
  const start = startOf(script, index);
  const isPath = /^(?:weights|from)$/.test(imageAt(script, index - 1)) && /^["'][\w./~ -]+$/.test(text);
  if (isPath) {
    const place = placeAt(script, start + text.length);
    const edits = [{ span: { ...place, start }, text: `"${text.slice(1)}"` }];
    const fix = { title: "Insert '\"'", edits: text.startsWith('"') ? [{ span: place, text: '"' }] : edits };
    return { diagnostic: { ...unterminatedString(spanOf(script, index)), fix }, edits };
  }
  return overTwoLines(script, index, text);
};

/** `"dog and` and `bone"` in the next line. */
function overTwoLines(script: Script, index: number, text: string): Mend | undefined {
  if (!text.startsWith('"') || !isAmongValues(script, index)) return undefined;
  const start = startOf(script, index);
  const rest = script.text.slice(start, start + mostCharacters);
  const [whole] = /^"[^"\\\r\n]*\r?\n[^"\\\r\n]*"/.exec(rest) ?? [];
  if (whole === undefined) return undefined;
  const behind = /^[^\r\n]*/.exec(rest.slice(whole.length))?.[0] ?? "";
  // With another quote the line is no rest of this string.
  if (!/^[\s\])},]*$/.test(behind)) return undefined;
  const joined = whole.replace(/\s*\r?\n\s*/, " ");
  const lineEnd = start + whole.length + behind.length;
  const span = { file: script.file, start, end: lineEnd };
  let end = index + 1;
  while (end < script.tokens.length && startOf(script, end) < lineEnd) end++;
  const edits = [{ span, text: joined + behind }];
  const message = "A string ends on the line on which it begins";
  return { diagnostic: foreignString(span, { message, fix: { title: `Write ${joined}`, edits } }), end };
}
