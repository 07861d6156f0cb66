import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Fix, RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import { didYouMean, suggest } from "../../diagnostics/suggest.ts";
import { findActivation } from "../../activations/index.ts";
import { layers } from "../../layers/index.ts";
import { shorten } from "../../layers/arguments/shorten.ts";
import type { LayerStatement } from "../../syntax/ast.ts";
import { unsupportedLayers } from "../unsupported-layers.ts";
import type { FileScope } from "../scope.ts";

export const unknownLayer = defineDiagnostic(
  "unknown-layer",
  "error",
  "A statement names no layer, block or model.",
  (at: { name: string; candidates: readonly string[] }) => ({
    message: `There is no layer, block or model '${shorten(at.name)}'`,
    ...didYouMean(at.name, at.candidates),
    ...(suggest(at.name, at.candidates) === undefined && findActivation(at.name) !== undefined
      ? { help: `'${at.name}' is an activation; as a layer it is Activation(${at.name})` }
      : {}),
    ...(at.name === "Input" || at.name === "InputLayer"
      ? { help: "the shape of one sample is a clause, for example input [64]" }
      : {}),
  }),
  () => ({
    meaning:
      "A statement in a body names a layer, a block or a model. Layers are called as in Keras; blocks and models are those of this file and what it imports.",
    example: { kind: "source", source: "model M { input [4] Dens(3) }", mended: "model M { input [4] Dense(3) }" },
  }),
);

export const unsupportedLayer = defineDiagnostic(
  "unsupported-layer",
  "error",
  "A statement names a layer of Keras that layerc does not support.",
  (at: { name: string }) => ({
    message: `Keras' ${at.name} is not supported`,
    help: `supported are ${layers.map((layer) => layer.className).join(", ")}`,
  }),
  () => ({
    meaning:
      "Keras has this layer, layerc does not: it compiles stacks of dense layers and what stands between them. The help lists the layers that there are.",
    example: {
      kind: "source",
      source: "model M { input [28, 28, 1] Conv2D(8, 3) }",
      mended: "model M { input [28, 28, 1] Flatten() Dense(8) }",
    },
  }),
);

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
      "Layers and blocks are called with parentheses, also where there are no arguments. Only a model that is used as a layer has none.",
    example: { kind: "source", source: "model M { input [2, 2] Flatten Dense(3) }" },
  }),
);

export const modelWithParentheses = defineDiagnostic(
  "model-with-parentheses",
  "error",
  "A model is used as a layer with parentheses.",
  (at: { name: string; declared: Span; fix: Fix | undefined }) => ({
    message: `'${at.name}' is a model; used as a layer it takes no parentheses`,
    related: [{ span: at.declared, message: "the model is declared here" }],
    ...(at.fix === undefined ? { help: "a model has no arguments; a block has" } : { fix: at.fix }),
  }),
  () => ({
    meaning:
      "A model has no parameters, so its use as a layer is its bare name. Parentheses are for layers and blocks.",
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

/** The diagnostic for a name that is no layer, block or model. */
export function unknownCallee(statement: LayerStatement, scope: FileScope) {
  const { text: name, span } = statement.callee;
  if (unsupportedLayers.has(name)) return unsupportedLayer(span, { name });
  const candidates = layers.map((layer) => layer.className);
  for (const [declared, entity] of scope.entities) {
    if (entity.kind === "block" || entity.kind === "model") candidates.push(declared);
  }
  return unknownLayer(span, { name, candidates: [...candidates, ...unsupportedLayers] });
}

/** Removes the empty parentheses after a model's name. */
export function removeParentheses(statement: LayerStatement, scope: FileScope): Fix | undefined {
  const { span } = statement.callee;
  const empty = /^\s*\(\s*\)/.exec(scope.file.source.text.slice(span.end, statement.span.end));
  if (empty === null) return undefined;
  const range = { file: span.file, start: span.end, end: span.end + empty[0].length };
  return { title: "Remove the parentheses", edits: [{ span: range, text: "" }] };
}
