import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, Fix } from "../../diagnostics/diagnostic.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { shorten } from "../../layers/arguments/shorten.ts";
import type { LayerDefinition } from "../../layers/definition.ts";
import { foreignLayers } from "../../layers/foreign-words.ts";
import { findLayer, layers } from "../../layers/index.ts";
import type { LayerStatement } from "../../syntax/ast.ts";
import { helpOfUnsupported } from "../unsupported-help.ts";
import { unsupportedLayers } from "../unsupported-layers.ts";
import type { FileScope } from "../scope.ts";
import { callOfKeras } from "./foreign-calls.ts";

export const unknownLayer = defineDiagnostic(
  "unknown-layer",
  "error",
  "A statement names no layer, block or model.",
  (at: { name: string; help?: string | undefined; fix?: Fix | undefined }) => ({
    message: `There is no layer, block or model '${shorten(at.name)}'`,
    ...(at.help === undefined ? {} : { help: at.help }),
    ...(at.fix === undefined ? {} : { fix: at.fix }),
  }),
  () => ({
    meaning:
      "A statement in a body names a layer, a block or a model. Layers are called as in Keras; blocks and models are those of this file and what it imports.",
    example: { kind: "source", source: "model M { input [4] Dens(3) }" },
  }),
);

export const unsupportedLayer = defineDiagnostic(
  "unsupported-layer",
  "error",
  "A statement names a layer of Keras that layerc does not support.",
  (at: { name: string }) => ({
    message: `Keras' ${at.name} is not supported`,
    help: helpOfUnsupported(at.name),
  }),
  () => ({
    meaning:
      "Keras has this layer, layerc does not: it compiles stacks of dense layers and what stands between them. The reference lists the layers that there are.",
    example: {
      kind: "source",
      source: "model M { input [28, 28, 1] Conv2D(8, 3) }",
      mended: "model M { input [28, 28, 1] Flatten() Dense(8) }",
    },
  }),
);

/** What is said of a name that is no layer, block or model; `meant` is the layer that is certainly meant by it. */
export function unknownCallee(
  statement: LayerStatement,
  scope: FileScope,
): { readonly diagnostic: Diagnostic; readonly meant?: LayerDefinition } {
  const { text: name, span } = statement.callee;
  // Keras 1 spelt it out.
  const today = name.replace(/^Convolution(?=\dD$)/, "Conv");
  if (unsupportedLayers.has(today)) return { diagnostic: unsupportedLayer(span, { name: today }) };
  if (name === "Input" || name === "InputLayer") {
    return {
      diagnostic: unknownLayer(span, { name, help: "the shape of one sample is a clause, for example input [64]" }),
    };
  }
  if (/^(?:compile|optimizer|loss|metrics|train)$/.test(name)) {
    const help = "how a model is trained is a clause of it: compile(optimizer=adam, loss=mse)";
    return { diagnostic: unknownLayer(span, { name, help }) };
  }
  const declared = [...scope.entities].flatMap(([word, { kind }]) =>
    kind === "block" || kind === "model" ? [word] : [],
  );
  const call = declared.some((word) => word.toLowerCase() === name.toLowerCase())
    ? undefined
    : callOfKeras(statement, scope.file.source.text);
  if (call !== undefined) return { diagnostic: unknownLayer(span, { name, ...call }) };

  const place = statement.arguments === undefined ? undefined : span;
  const candidates = [...layers.map((layer) => layer.className), ...declared];
  const suggested = didYouMean(name, candidates, place, place && foreignLayers);
  const { help, fix } = suggested.help === undefined ? didYouMean(name, unsupportedLayers) : suggested;
  const meant = fix === undefined ? undefined : findLayer(fix.edits[0]?.text ?? "");
  return { diagnostic: unknownLayer(span, { name, help, fix }), ...(meant === undefined ? {} : { meant }) };
}
