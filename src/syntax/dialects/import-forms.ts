import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { detailsOf, mender, type Mend, type Rule } from "./mend.ts";
import {
  beginsDeclaration,
  beginsLine,
  endOf,
  imageAt,
  isType,
  itemsOf,
  placeAt,
  spanOf,
  startOf,
  textOf,
  type Script,
} from "./script.ts";

export const importForm = defineDiagnostic(
  "import-form",
  "error",
  'An import is not written as import { Name } from "file".',
  detailsOf,
  () => ({
    meaning:
      "An import names in braces what it takes of a file, which keeps its name, and gives the file's path in quotes.",
    example: {
      kind: "source",
      source: 'import Hidden from "./blocks.layers"\nmodel M { input [4] Hidden(3) }',
      files: { "blocks.layers": "block Hidden(units) { Dense(units, activation=relu) }" },
    },
  }),
);

const mend = mender(importForm);

/** `import Hidden from "f"`, `import { Hidden } "f"`, `import { Hidden from "f"`, `import * from "f"`, `import "f"`, `import { A as B }`. */
export const importForms: Rule = (script, index) => {
  if (imageAt(script, index) !== "import" || !beginsDeclaration(script, index)) return undefined;
  const next = index + 1;
  const form = 'An import is written as import { Name } from "./file.layers"';
  if (
    isType(script, next, t.Identifier) &&
    imageAt(script, next + 1) === "from" &&
    isType(script, next + 2, t.StringLiteral)
  ) {
    const text = `{ ${imageAt(script, next)} }`;
    return mend(script, next, next + 1, {
      message: form,
      fix: { title: `Write ${text}`, edits: [{ span: spanOf(script, next), text }] },
    });
  }
  const isAll = isType(script, next, t.Star);
  const path = isAll
    ? script.tokens.findIndex((_, at) => at > next && at < next + 6 && isType(script, at, t.StringLiteral))
    : next;
  if (isType(script, path, t.StringLiteral) && path > 0) {
    const names = namesInUse(script, path);
    const message = "An import names what it takes: each name is listed in braces";
    if (names.length === 0 || names.length > 20) return undefined;
    const text = `{ ${names.join(", ")} } from`;
    const edits = [
      { span: { ...spanOf(script, next), start: startOf(script, next), end: startOf(script, path) }, text: `${text} ` },
    ];
    return mend(script, index, path + 1, { message, fix: { title: `Write ${text}`, edits } }, path + 1);
  }
  if (!isType(script, next, t.LeftBrace)) return undefined;
  return openNames(script, next, form) ?? namesOf(script, next, form);
};

/** `#include "blocks.layers"`. */
export const includes: Rule = (script, index) => {
  if (!isType(script, index, t.HashComment)) return undefined;
  const [, written] = /^#\s*(?:include|import)\s+["<]([\w./-]+\.layers)[">]\s*$/.exec(imageAt(script, index)) ?? [];
  const names = written === undefined ? [] : namesInUse(script, index);
  if (written === undefined || names.length === 0 || names.length > 20) return undefined;
  const path = written.startsWith(".") ? written : `./${written}`;
  const text = `import { ${names.join(", ")} } from "${path}"`;
  const message = 'An import is written as import { Name } from "./file.layers"';
  const fix = { title: `Write ${text}`, edits: [{ span: spanOf(script, index), text }] };
  return mend(script, index, index + 1, { message, fix });
};

/** The names of a file that are called as layers and that neither it nor Keras' words seem to declare. */
function namesInUse(script: Script, from: number): readonly string[] {
  const names = script.tokens.flatMap(({ image }, at) => {
    const isCall = at > from && /^[A-Z]/.test(image) && isType(script, at, t.Identifier) && !script.declared.has(image);
    return isCall && !foreign.test(image) && isType(script, at + 1, t.LeftParen, t.Identifier, t.RightBrace)
      ? [image]
      : [];
  });
  return [...new Set(names)];
}

const foreign =
  /^(?:Dense|Dropout|Flatten|Reshape|Activation|Embedding|Softmax|.*(?:Normalization|ReLU|ELU|Pooling1D|Noise|Dropout))$/;

/** `import { Hidden from "f"`. */
function openNames(script: Script, brace: number, message: string): Mend | undefined {
  let at = brace + 1;
  while (isType(script, at, t.Identifier, t.Comma) && imageAt(script, at) !== "from") at++;
  if (imageAt(script, at) !== "from" || !isType(script, at + 1, t.StringLiteral) || at === brace + 1) return undefined;
  const edits = [{ span: placeAt(script, endOf(script, at - 1)), text: " }" }];
  return mend(script, brace, brace + 1, { message, fix: { title: "Insert '}'", edits } }, at);
}

function namesOf(script: Script, brace: number, message: string): Mend | undefined {
  const close = script.pairs[brace] as number;
  if (isType(script, close + 1, t.StringLiteral) && !beginsLine(script, close + 1)) {
    const edits = [{ span: placeAt(script, endOf(script, close)), text: " from" }];
    return mend(script, close + 1, close + 2, { message, fix: { title: "Insert 'from'", edits } });
  }
  const renamed = itemsOf(script, brace).filter(
    ({ from, to }) => to === from + 3 && imageAt(script, from + 1) === "as",
  );
  const [first] = renamed;
  if (first === undefined) return undefined;
  const edits = renamed.flatMap(({ from }) => {
    const [name, alias] = [imageAt(script, from), imageAt(script, from + 2)];
    const uses = script.tokens.flatMap(({ image }, at) =>
      image === alias && at > close ? [{ span: spanOf(script, at), text: name }] : [],
    );
    return [
      { span: { file: script.file, start: endOf(script, from), end: endOf(script, from + 2) }, text: "" },
      ...uses,
    ];
  });
  const text = textOf(script, first.from, first.to);
  const fix = { title: `Write ${imageAt(script, first.from)} everywhere`, edits };
  return mend(
    script,
    first.from,
    first.to,
    { message: `What is imported keeps its name, found '${text}'`, fix },
    close,
  );
}

/** `const { Hidden } = require("f")`. */
export const required: Rule = (script, index) => {
  if (
    !["const", "let", "var"].includes(imageAt(script, index)) ||
    !beginsDeclaration(script, index) ||
    !isType(script, index + 1, t.LeftBrace)
  )
    return undefined;
  const close = script.pairs[index + 1] as number;
  const call = close + 2;
  if (
    !isType(script, close + 1, t.Equals) ||
    imageAt(script, call) !== "require" ||
    !isType(script, call + 2, t.StringLiteral)
  )
    return undefined;
  const text = `import ${textOf(script, index + 1, close + 1)} from ${imageAt(script, call + 2)}`;
  const edits = [
    { span: spanOf(script, index), text: "import" },
    { span: spanOf(script, close + 1, call + 2), text: "from " },
    { span: spanOf(script, call + 3), text: "" },
  ];
  return mend(
    script,
    index,
    index + 1,
    { message: 'An import is written as import { Name } from "./file.layers"', fix: { title: `Write ${text}`, edits } },
    call + 4,
  );
};
