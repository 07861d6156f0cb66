import { counted } from "../../diagnostics/counted.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Fix, RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import { shorten } from "../../layers/arguments/shorten.ts";

export const missingInput = defineDiagnostic(
  "missing-input",
  "error",
  "A model has no input clause.",
  (at: { model: string }) => ({
    message: `Model '${at.model}' has no input`,
    help: "begin its body with the shape of one sample, for example input [64]",
  }),
  () => ({
    meaning:
      "All shapes of a model follow from that of its input, so a model says it before its layers: the shape of one sample, without the batch axis.",
    example: { kind: "source", source: "model M { Dense(3) }", mended: "model M { input [4] Dense(3) }" },
  }),
);

export const duplicateClause = defineDiagnostic(
  "duplicate-clause",
  "error",
  "A model has two input, weights, labels or compile clauses.",
  (at: { kind: "input" | "weights" | "labels" | "compile"; first: Span; line?: Span | undefined }) => ({
    message: `A model has one '${at.kind}' clause, found a second one`,
    related: [{ span: at.first, message: "the first one is here" }],
    ...(at.line === undefined ? {} : { fix: { title: "Delete it", edits: [{ span: at.line, text: "" }] } }),
  }),
  () => ({
    meaning:
      "A model has one input, one weights file, one list of labels and one way to be trained. The second clause would contradict the first or repeat it.",
    example: {
      kind: "source",
      source: "model M { input [4] input [8] Dense(3) }",
      mended: "model M { input [4] Dense(3) }",
    },
  }),
);

export const inputAfterLayer = defineDiagnostic(
  "input-after-layer",
  "error",
  "The input clause of a model stands behind a layer.",
  (at: { layer: Span; fix: Fix }) => ({
    message: "The input of a model comes before its layers",
    related: [{ span: at.layer, message: "this layer comes first" }],
    fix: at.fix,
  }),
  () => ({
    meaning: "The input is what the first layer gets, so its clause stands before the layers.",
    example: { kind: "source", source: "model M { Dense(3) input [4] }" },
  }),
);

export const modelWithoutLayers = defineDiagnostic(
  "model-without-layers",
  "error",
  "A model has no layers, at least after its blocks and repeats are expanded.",
  (at: { model: string; isEmpty: boolean }) => ({
    message: at.isEmpty
      ? `Model '${at.model}' is empty; it needs an input and at least one layer`
      : `Model '${at.model}' has no layers; it needs at least one`,
  }),
  () => ({
    meaning:
      "A model without layers computes nothing. It may have lost them because a repeat runs 0 times; Identity() is a layer that passes its input on.",
    example: {
      kind: "source",
      source: "let depth = 0 model M { input [4] repeat depth { Dense(4) } }",
      mended: "let depth = 2 model M { input [4] repeat depth { Dense(4) } }",
    },
  }),
);

export const emptyWeightsPath = defineDiagnostic(
  "empty-weights-path",
  "error",
  "A weights clause has an empty path.",
  () => ({ message: "The path of the weights is empty" }),
  () => ({
    meaning:
      "The weights clause names a file, relative to the model file. Without the clause, the generated function takes its weights as an argument.",
    example: {
      kind: "source",
      source: 'model M { weights "" input [4] Dense(3) }',
      mended: "model M { input [4] Dense(3) }",
    },
  }),
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
  () => ({
    meaning:
      "A weights clause binds everything in its model, nested models included. A nested model with a clause of its own would get its arrays from two files.",
    example: {
      kind: "situation",
      text: 'digits.layers has a model Encoder with weights "./encoder.keras", and a model Digits with weights "./digits.keras" that uses Encoder as a layer.',
      arguments: { inner: { file: "digits.layers", start: 0, end: 0 } },
      mended: "Only Digits has a weights clause.",
    },
  }),
);

export const labelNotAString = defineDiagnostic(
  "label-not-a-string",
  "error",
  "A label is something else than a string.",
  (at: { found: string; related: readonly RelatedPlace[]; fix?: Fix | undefined }) => ({
    message: `Labels are strings, found ${at.found}`,
    related: at.related,
    ...(at.fix === undefined ? {} : { fix: at.fix }),
  }),
  () => ({
    meaning: "labels are the names of the classes, and names are strings in double quotes, also where they are digits.",
    example: {
      kind: "source",
      source: 'model M { input [4] Dense(2) labels ["0", 1] }',
    },
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
  () => ({
    meaning: "Labels name the classes of the output. Two classes with one name could not be told apart.",
    example: {
      kind: "source",
      source: 'model M { input [4] Dense(2) labels ["cat", "cat"] }',
      mended: 'model M { input [4] Dense(2) labels ["cat", "dog"] }',
    },
  }),
);

export const labelCount = defineDiagnostic(
  "label-count",
  "error",
  "A model has more or fewer labels than its last axis is long.",
  (at: { found: number; expected: string; isOneProbability: boolean; related: readonly RelatedPlace[] }) => ({
    message: `The labels name the last axis of the output, ${at.expected}, found ${counted(at.found, "label")}`,
    related: at.related,
    ...(at.isOneProbability
      ? { help: "one value is the probability of one label; two labels need Dense(2, activation=softmax)" }
      : {}),
  }),
  () => ({
    meaning:
      "Each place of the output's last axis has a label, so there are as many labels as that axis is long. An axis known only at run time can't have labels.",
    example: {
      kind: "source",
      source: 'model M { input [4] Dense(3) labels ["cat", "dog"] }',
      mended: 'model M { input [4] Dense(2) labels ["cat", "dog"] }',
    },
  }),
);
