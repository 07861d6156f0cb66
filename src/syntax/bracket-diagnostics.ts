import type { Fix, Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { MAX_BRACKET_DEPTH } from "./limits.ts";

export const missingBracket = defineDiagnostic<{
  readonly at: Span;
  readonly missing: readonly {
    readonly open: string;
    readonly close: string;
    readonly span: Span;
    /** The closing bracket with the white space that goes before it. */
    readonly inserted: string;
  }[];
  readonly division: boolean;
}>(
  "missing-bracket",
  "error",
  "A bracket is opened and not closed.",
  ({ at, missing, division }) => {
    const closers = missing.map(({ close }) => close);
    const shown =
      closers.length > 4 ? `${closers.length} closing brackets` : closers.map((close) => `'${close}'`).join(" and ");
    return {
      message: `Expected ${shown} here`,
      related: missing.slice(-4).map(({ open, span }) => ({ span, message: `'${open}' is opened here` })),
      ...(division
        ? { help: "the rest of the line is a comment, since '//' begins one; for integer division write floor(a / b)" }
        : {
            fix: {
              title: `Insert ${closers.join("")}`,
              edits: [{ span: at, text: missing.map(({ inserted }) => inserted).join("") }],
            },
          }),
    };
  },
  () => ({
    meaning:
      "Every bracket that is opened has to be closed. The place marked is where the closing one fits best: before the next layer or declaration begins, or at the end of the file.",
    example: { kind: "source", source: "model M {\n  input [4]\n  Dense(3\n}" },
  }),
);

export const mismatchedBracket = defineDiagnostic<{
  readonly span: Span;
  readonly found: string;
  readonly expected: string;
  readonly open: Span;
}>(
  "mismatched-bracket",
  "error",
  "A bracket is closed by one of another kind.",
  ({ span, found, expected, open }) => ({
    message: `Expected '${expected}', found '${found}'`,
    related: [{ span: open, message: "the bracket to close is opened here" }],
    fix: { title: `Write '${expected}'`, edits: [{ span, text: expected }] },
  }),
  () => ({
    meaning:
      "Brackets close in the order in which they were opened: '(' by ')', '[' by ']', '{' by '}'. A bracket of another kind stands where the one that is open must be closed.",
    example: { kind: "source", source: "model M { input [4] Dense(3] }" },
  }),
);

export const unmatchedBracket = defineDiagnostic<{ readonly span: Span; readonly found: string }>(
  "unmatched-bracket",
  "error",
  "A closing bracket closes nothing.",
  ({ span, found }) => ({
    message: `Unexpected '${found}', no bracket is open for it to close`,
    fix: { title: `Delete '${found}'`, edits: [{ span, text: "" }] },
  }),
  () => ({
    meaning:
      "A closing bracket stands where none is open, so it closes nothing. It is one too many, or the bracket that opens is missing before it.",
    example: { kind: "source", source: "model M { input [4] Dense(3)) }" },
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
  /** Where the lines of the body are told by their indent: what stands in the place of the brace, and both braces. */
  readonly layout?: { readonly found: string | undefined; readonly fix: Fix };
}>(
  "missing-body-brace",
  "error",
  "The body of a model, a block or a repeat doesn't begin with '{'.",
  ({ at, keyword, name, end, isOpenOnly, instead, layout }) => {
    const owner = name === undefined ? `this ${keyword}` : `${keyword} '${name}'`;
    if (layout !== undefined) {
      const found = layout.found === undefined ? "" : `, found '${layout.found}'`;
      return { message: `Expected '{' to begin the body of ${owner}${found}`, fix: layout.fix };
    }
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
  () => ({
    meaning:
      "What belongs to a model, a block or a repeat stands in braces, not in parentheses, behind a colon or indented.",
    example: { kind: "source", source: "model M\n  input [4]\n  Dense(3)\n}" },
  }),
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
  () => ({
    meaning:
      "More than 50 brackets are open at once. That is beyond what a model needs, and a limit keeps damaged files from taking the compiler down.",
    example: {
      kind: "source",
      source: `let x = ${"(".repeat(51)}1${")".repeat(51)} model M { input [4] Dense(x) }`,
      mended: "let x = 1 model M { input [4] Dense(x) }",
    },
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
  () => ({
    meaning:
      "The values of a list and the arguments of a call are separated by commas; white space separates only layers and declarations.",
    example: { kind: "source", source: "model M { input [4 8] Dense(3) }" },
  }),
);

export const strayComma = defineDiagnostic<{
  readonly span: Span;
  /** Of the declaration that goes on behind the comma with another name. */
  readonly keyword?: "let" | "dim";
}>(
  "stray-comma",
  "error",
  "Layers or declarations are separated by commas.",
  ({ span, keyword }) =>
    keyword === undefined
      ? {
          message: "Layers and declarations are separated by white space, found ','",
          fix: { title: "Delete ','", edits: [{ span, text: "" }] },
        }
      : {
          message: `Each '${keyword}' declares one name, found ','`,
          fix: { title: `Write '${keyword}'`, edits: [{ span, text: ` ${keyword}` }] },
        },
  () => ({
    meaning:
      "Layers and declarations follow one another without commas, unlike in the list that Keras' Sequential takes.",
    example: { kind: "source", source: "model M { input [4] Dense(3), Dense(2) }" },
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
  () => ({
    meaning:
      "The language has no semicolons: white space or line breaks separate layers and declarations, commas the values of lists and arguments.",
    example: { kind: "source", source: "model M { input [4] Dense(3); Dense(2) }" },
  }),
);

export const labelEquals = defineDiagnostic<{
  /** The '=' with the spaces around it. */
  readonly around: Span;
  readonly name: string;
}>(
  "label-equals",
  "error",
  "A layer is named with '=' rather than ':'.",
  ({ around, name }) => ({
    message: `A layer is named with ':', found '='`,
    help: `write ${name}: before the layer`,
    fix: { title: "Write ':'", edits: [{ span: around, text: ": " }] },
  }),
  () => ({
    meaning: "A layer gets its name by a label with a colon before it. '=' names arguments, inside of parentheses.",
    example: { kind: "source", source: "model M { input [4] hidden = Dense(3) }" },
  }),
);

export const argumentColon = defineDiagnostic<{
  /** The ':' with the spaces around it. */
  readonly around: Span;
  readonly name: string;
}>(
  "argument-colon",
  "error",
  "An argument is named with ':' rather than '='.",
  ({ around, name }) => ({
    message: `An argument is named with '=', found ':'`,
    help: `write ${name}=`,
    fix: { title: "Write '='", edits: [{ span: around, text: "=" }] },
  }),
  () => ({
    meaning: "An argument is named with '=', as in Python. A colon makes a label, which names a layer.",
    example: { kind: "source", source: "model M { input [4] Dense(units: 3) }" },
  }),
);

export const pythonConstant = defineDiagnostic<{
  readonly span: Span;
  readonly found: string;
  readonly expected: string;
}>(
  "python-constant",
  "error",
  "A constant is capitalized as in Python.",
  ({ span, found, expected }) => ({
    message: `Expected '${expected}', found '${found}'`,
    fix: { title: `Write '${expected}'`, edits: [{ span, text: expected }] },
  }),
  () => ({
    meaning: "Python writes True, False and None; here they are true, false and none.",
    example: { kind: "source", source: "model M { input [4] Dense(3, use_bias=False) }" },
  }),
);
