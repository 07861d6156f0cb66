import type { Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { MAX_BRACKET_DEPTH } from "./limits.ts";

export const missingBracket = defineDiagnostic<{
  readonly at: Span;
  readonly missing: readonly { readonly open: string; readonly close: string; readonly span: Span }[];
  readonly division: boolean;
}>("missing-bracket", "error", "A bracket is opened and not closed.", ({ at, missing, division }) => {
  const closers = missing.map(({ close }) => close);
  const shown =
    closers.length > 4 ? `${closers.length} closing brackets` : closers.map((close) => `'${close}'`).join(" and ");
  return {
    message: `Expected ${shown} here`,
    related: missing.slice(-4).map(({ open, span }) => ({ span, message: `'${open}' is opened here` })),
    ...(division
      ? { help: "the rest of the line is a comment, since '//' begins one; for integer division write floor(a / b)" }
      : { fix: { title: `Insert ${closers.join("")}`, edits: [{ span: at, text: closers.join("") }] } }),
  };
});

export const mismatchedBracket = defineDiagnostic<{
  readonly span: Span;
  readonly found: string;
  readonly expected: string;
  readonly open: Span;
}>("mismatched-bracket", "error", "A bracket is closed by one of another kind.", ({ span, found, expected, open }) => ({
  message: `Expected '${expected}', found '${found}'`,
  related: [{ span: open, message: "the bracket to close is opened here" }],
  fix: { title: `Write '${expected}'`, edits: [{ span, text: expected }] },
}));

export const unmatchedBracket = defineDiagnostic<{ readonly span: Span; readonly found: string }>(
  "unmatched-bracket",
  "error",
  "A closing bracket closes nothing.",
  ({ span, found }) => ({
    message: `Unexpected '${found}', no bracket is open for it to close`,
    fix: { title: `Delete '${found}'`, edits: [{ span, text: "" }] },
  }),
);

export const missingBodyBrace = defineDiagnostic<{
  readonly at: Span;
  readonly keyword: "model" | "block" | "repeat";
  /** Of a model or a block. */
  readonly name?: string;
  /** Where the body of a repeat ends; undefined where that is not certain. */
  readonly end?: Span | undefined;
  /** Whether the closing brace is there. */
  readonly isOpenOnly?: boolean;
  /** Parentheses that stand in the place of the braces. */
  readonly instead?: { readonly open: Span; readonly close: Span };
}>(
  "missing-body-brace",
  "error",
  "The body of a model, a block or a repeat doesn't begin with '{'.",
  ({ at, keyword, name, end, isOpenOnly, instead }) => {
    const owner = name === undefined ? `this ${keyword}` : `${keyword} '${name}'`;
    const message = `Expected '{' to begin the body of ${owner}${instead === undefined ? "" : ", found '('"}`;
    if (instead !== undefined) {
      const edits = [
        { span: instead.open, text: "{" },
        { span: instead.close, text: "}" },
      ];
      return { message, fix: { title: "Write '{' and '}'", edits } };
    }
    const opening = { span: at, text: " {" };
    if (keyword !== "repeat" || isOpenOnly) return { message, fix: { title: "Insert '{'", edits: [opening] } };
    if (end === undefined) return { message, help: "write repeat count { ... }" };
    return { message, fix: { title: "Insert '{' and '}'", edits: [opening, { span: end, text: " }" }] } };
  },
);

export const nestingTooDeep = defineDiagnostic(
  "nesting-too-deep",
  "error",
  `More than ${MAX_BRACKET_DEPTH} brackets are open at once.`,
  () => ({
    message: `Brackets nest at most ${MAX_BRACKET_DEPTH} deep`,
    label: "what this bracket encloses is left out",
    help: "name inner parts with 'let' or 'block'",
  }),
);

export const missingComma = defineDiagnostic<{ readonly at: Span }>(
  "missing-comma",
  "error",
  "Two values of a list or two arguments stand side by side without a comma.",
  ({ at }) => ({
    message: "Expected ',' between two values",
    fix: { title: "Insert ','", edits: [{ span: at, text: "," }] },
  }),
);

export const strayComma = defineDiagnostic<{ readonly span: Span }>(
  "stray-comma",
  "error",
  "Layers or declarations are separated by commas.",
  ({ span }) => ({
    message: "Layers and declarations are separated by white space, found ','",
    fix: { title: "Delete ','", edits: [{ span, text: "" }] },
  }),
);

export const semicolon = defineDiagnostic<{ readonly span: Span; readonly inItems: boolean }>(
  "semicolon",
  "error",
  "A semicolon stands where white space or a comma separates.",
  ({ span, inItems }) =>
    inItems
      ? {
          message: "Expected ',', found ';'",
          fix: { title: "Write ','", edits: [{ span, text: "," }] },
        }
      : {
          message: "Layers and declarations are separated by white space, found ';'",
          fix: { title: "Delete ';'", edits: [{ span, text: "" }] },
        },
);

export const labelEquals = defineDiagnostic<{ readonly span: Span; readonly name: string }>(
  "label-equals",
  "error",
  "A layer is named with '=' rather than ':'.",
  ({ span, name }) => ({
    message: `A layer is named with ':', found '='`,
    help: `write ${name}: before the layer`,
    fix: { title: "Write ':'", edits: [{ span, text: ":" }] },
  }),
);

export const argumentColon = defineDiagnostic<{ readonly span: Span; readonly name: string }>(
  "argument-colon",
  "error",
  "An argument is named with ':' rather than '='.",
  ({ span, name }) => ({
    message: `An argument is named with '=', found ':'`,
    help: `write ${name}=`,
    fix: { title: "Write '='", edits: [{ span, text: "=" }] },
  }),
);

export const pythonConstant = defineDiagnostic<{
  readonly span: Span;
  readonly found: string;
  readonly expected: string;
}>("python-constant", "error", "A constant is capitalized as in Python.", ({ span, found, expected }) => ({
  message: `Expected '${expected}', found '${found}'`,
  fix: { title: `Write '${expected}'`, edits: [{ span, text: expected }] },
}));
