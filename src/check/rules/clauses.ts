import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import { shorten } from "../../layers/arguments/shorten.ts";

export const missingInput = defineDiagnostic(
  "missing-input",
  "error",
  "A model has no input clause.",
  (at: { model: string }) => ({
    message: `Model '${at.model}' has no input`,
    help: "begin its body with the shape of one sample, for example input [64]",
  }),
);

export const duplicateClause = defineDiagnostic(
  "duplicate-clause",
  "error",
  "A model has two input, weights or labels clauses.",
  (at: { kind: "input" | "weights" | "labels"; first: Span }) => ({
    message: `A model has one '${at.kind}' clause, found a second one`,
    related: [{ span: at.first, message: "the first one is here" }],
  }),
);

export const inputAfterLayer = defineDiagnostic(
  "input-after-layer",
  "error",
  "The input clause of a model stands behind a layer.",
  (at: { layer: Span }) => ({
    message: "The input of a model comes before its layers",
    related: [{ span: at.layer, message: "this layer comes first" }],
  }),
);

export const modelWithoutLayers = defineDiagnostic(
  "model-without-layers",
  "error",
  "A model has no layers, at least after its blocks and repeats are expanded.",
  (at: { model: string }) => ({ message: `Model '${at.model}' has no layers; it needs at least one` }),
);

export const emptyWeightsPath = defineDiagnostic(
  "empty-weights-path",
  "error",
  "A weights clause has an empty path.",
  () => ({ message: "The path of the weights is empty" }),
);

export const weightsOverlap = defineDiagnostic(
  "weights-overlap",
  "error",
  "A model with a weights clause contains a model with one of its own.",
  (at: { inner: Span }) => ({
    message: "These weights bind the arrays of the nested models too, but a nested model binds its own",
    related: [{ span: at.inner, message: "the nested model's weights" }],
    help: "remove one of the two clauses",
  }),
);

export const labelNotAString = defineDiagnostic(
  "label-not-a-string",
  "error",
  "A label is something else than a string.",
  (at: { found: string; related: readonly RelatedPlace[] }) => ({
    message: `Labels are strings, found ${at.found}`,
    related: at.related,
  }),
);

export const duplicateLabel = defineDiagnostic(
  "duplicate-label",
  "error",
  "A label is given twice.",
  (at: { label: string; first: Span }) => ({
    message: `The label ${JSON.stringify(shorten(at.label))} is given twice`,
    related: [{ span: at.first, message: "first given here" }],
  }),
);

export const labelCount = defineDiagnostic(
  "label-count",
  "error",
  "A model has more or fewer labels than its last axis is long.",
  (at: { found: number; expected: string; related: readonly RelatedPlace[] }) => ({
    message: `The labels name the last axis of the output, ${at.expected}, found ${at.found} label${at.found === 1 ? "" : "s"}`,
    related: at.related,
  }),
);
