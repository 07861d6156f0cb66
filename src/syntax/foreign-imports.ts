import * as t from "../../grammar/tokens.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { retype, tokenEnd, type Token } from "./token.ts";

export const pythonImport = defineDiagnostic<{ readonly module: string; readonly line: Span }>(
  "python-import",
  "error",
  "An import is written as in Python.",
  ({ module, line }) =>
    libraries.has(module)
      ? {
          message: `Layers and activations need no import, found one of ${module}`,
          fix: { title: "Delete the line", edits: [{ span: line, text: "" }] },
        }
      : {
          message: "An import names what it takes in braces and a file in quotes",
          help: 'write import { Name } from "./file.layers"; layers and activations need no import',
        },
  () => ({
    meaning:
      "Layers and activations are built in and need no import. What is imported are the names of other .layers files, in braces, from a path in quotes.",
    example: {
      kind: "source",
      source: "from keras.layers import Dense\nmodel M { input [4] Dense(3) }",
    },
  }),
);

/** What comes from these is built in, or has no use in a model file. */
const libraries: ReadonlySet<string> = new Set(
  "keras tensorflow tf torch torchvision numpy jax flax sklearn matplotlib pandas os sys math random typing".split(" "),
);

export const unquotedPath = defineDiagnostic<{ readonly span: Span; readonly path: string }>(
  "unquoted-path",
  "error",
  "The path of a file stands without quotes.",
  ({ span, path }) => ({
    message: `Paths are written in double quotes, found ${path}`,
    fix: { title: "Add double quotes", edits: [{ span, text: `"${path}"` }] },
  }),
  () => ({
    meaning: "The path of a file is a string and stands in double quotes.",
    example: {
      kind: "source",
      source: "import { Hidden } from ./blocks.layers\nmodel M { input [4] Hidden(3) }",
      files: { "blocks.layers": "block Hidden(units) { Dense(units, activation=relu) }" },
    },
  }),
);

/** The index behind a line `from keras.layers import Dense` or `import numpy as np` that begins at `index`. */
export function endOfPythonImport(tokens: readonly Token[], index: number): number | undefined {
  const { image, lineStart, tokenType } = tokens[index] as Token;
  if (tokenType !== t.Identifier || lineStart !== true || (image !== "from" && image !== "import")) return undefined;
  let end = index + 1;
  let isImport = image === "import";
  let hasString = false;
  for (; end < tokens.length && tokens[end]?.lineStart !== true; end++) {
    const token = tokens[end] as Token;
    if (token.tokenType === t.Identifier && token.image === "import") isImport = true;
    if (token.tokenType === t.StringLiteral || token.tokenType === t.WronglyQuotedString) hasString = true;
  }
  const first = tokens[index + 1];
  const beginsName = end > index + 1 && (first?.tokenType === t.Identifier || first?.image === ".");
  return isImport && beginsName && !(hasString && image === "import") ? end : undefined;
}

/**
 * Makes one string of a path without quotes behind `weights` or `from` at `index`; gives the index behind it. Only what
 * has an extension is a path.
 */
export function mendPath(
  file: string,
  tokens: readonly Token[],
  index: number,
): { readonly end: number; readonly diagnostic: ReturnType<typeof unquotedPath> } | undefined {
  const keyword = tokens[index] as Token;
  const first = tokens[index + 1];
  if (keyword.tokenType !== t.Identifier || (keyword.image !== "weights" && keyword.image !== "from")) return undefined;
  if (first === undefined || first.lineStart === true || tokenEnd(keyword) === first.startOffset) return undefined;
  let end = index + 1;
  let path = "";
  for (let at = first.startOffset; tokens[end]?.startOffset === at; end++) {
    const { image } = tokens[end] as Token;
    if (!/^[\w./~-]+$/.test(image)) break;
    path += image;
    at += image.length;
  }
  if (!/^[A-Za-z_.~/][\w./~-]*\.[A-Za-z]\w*$/.test(path)) return undefined;
  const span = { file, start: first.startOffset, end: first.startOffset + path.length };
  retype(first, t.StringLiteral);
  first.image = path;
  first.unquoted = true;
  first.endOffset = span.end - 1;
  return { end, diagnostic: unquotedPath(span, { span, path }) };
}
