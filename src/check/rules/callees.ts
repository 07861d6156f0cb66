import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Fix, RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import type { LayerStatement } from "../../syntax/ast.ts";
import type { FileScope } from "../scope.ts";

export const notALayer = defineDiagnostic(
  "not-a-layer",
  "error",
  "A let, a dim or a parameter stands where a layer is needed.",
  (at: { name: string; kind: string; declared?: Span | undefined }) => ({
    message: `'${at.name}' is a ${at.kind}, not a layer`,
    related: at.declared === undefined ? [] : [{ span: at.declared, message: `the ${at.kind} is declared here` }],
  }),
  () => ({
    meaning:
      "Only layers, blocks and models stand for a step of the computation. A let, a dim or a parameter is a value, for arguments and shapes.",
    example: {
      kind: "source",
      source: "let units = 3 model M { input [4] units }",
      mended: "let units = 3 model M { input [4] Dense(units) }",
    },
  }),
);

export const missingParentheses = defineDiagnostic(
  "missing-parentheses",
  "error",
  "A layer or a block is used without parentheses.",
  (at: { kind: "layer" | "block"; name: string; end: Span; required: readonly string[] }) => ({
    message: `The ${at.kind} ${at.name} takes parentheses`,
    help: `write ${at.name}(${at.required.join(", ")})`,
    ...(at.required.length === 0 ? { fix: { title: "Add ()", edits: [{ span: at.end, text: "()" }] } } : {}),
  }),
  () => ({
    meaning:
      "Layers and blocks are called with parentheses, also where there are no arguments. Only a model that is used as a layer has none, unless it is frozen: Encoder(trainable=false).",
    example: { kind: "source", source: "model M { input [2, 2] Flatten Dense(3) }" },
  }),
);

export const modelWithParentheses = defineDiagnostic(
  "model-with-parentheses",
  "error",
  "A model is used as a layer with parentheses that don't say whether it is trained.",
  (at: { name: string; declared: Span; fix: Fix | undefined }) => ({
    message: `'${at.name}' is a model; used as a layer it takes no parentheses`,
    related: [{ span: at.declared, message: "the model is declared here" }],
    ...(at.fix === undefined ? { help: "a model has no arguments but trainable; a block has" } : { fix: at.fix }),
  }),
  () => ({
    meaning:
      "A model has no parameters, so its use as a layer is its bare name. Parentheses are for layers and blocks, and for trainable=false, which freezes all layers of the model.",
    example: { kind: "source", source: "model Encoder { input [4] Dense(2) } model M { input [4] Encoder() }" },
  }),
);

export const labelOnExpansion = defineDiagnostic(
  "label-on-expansion",
  "error",
  "A block call or a repeat has a label, which only a layer can have.",
  (at: { name: string; on: string; related: readonly RelatedPlace[] }) => ({
    message: `'${at.name}' can't name ${at.on}, which may stand for many layers`,
    help: "name the layers inside",
    related: at.related,
  }),
  () => ({
    meaning:
      "A label names one layer, and its weights in a file. A block call or a repeat stands for any number of layers, so there is nothing that could have the name.",
    example: {
      kind: "source",
      source: "block Hidden() { Dense(8) } model M { input [4] body: Hidden() Dense(3) }",
      mended: "block Hidden() { body: Dense(8) } model M { input [4] Hidden() Dense(3) }",
    },
  }),
);

/** Removes the empty parentheses after a model's name. */
export function removeParentheses(statement: LayerStatement, scope: FileScope): Fix | undefined {
  const { span } = statement.callee;
  const empty = /^\s*\(\s*\)/.exec(scope.file.source.text.slice(span.end, statement.span.end));
  if (empty === null) return undefined;
  const range = { file: span.file, start: span.end, end: span.end + empty[0].length };
  return { title: "Remove the parentheses", edits: [{ span: range, text: "" }] };
}
