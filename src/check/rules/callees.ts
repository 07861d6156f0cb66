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
);

export const unsupportedLayer = defineDiagnostic(
  "unsupported-layer",
  "error",
  "A statement names a layer of Keras that layerc does not support.",
  (at: { name: string }) => ({
    message: `Keras' ${at.name} is not supported`,
    help: `supported are ${layers.map((layer) => layer.className).join(", ")}`,
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
