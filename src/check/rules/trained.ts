import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Fix, RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";

export const nothingTrained = defineDiagnostic(
  "nothing-trained",
  "warning",
  "A model is trained in which no weight changes.",
  (at: { frozen: RelatedPlace | undefined }) => ({
    message:
      at.frozen === undefined
        ? "The model has no weights that training changes"
        : "Training changes no weight of the model: all that could be trained are frozen",
    help: at.frozen === undefined ? "add a layer with weights, such as Dense" : "leave out trainable=false of a layer",
    ...(at.frozen === undefined ? {} : { related: [at.frozen] }),
  }),
  () => ({
    meaning:
      "Layers such as Flatten have no weights, those of Normalization are given, and trainable=false freezes the others. Steps of training leave such a model as it is; Keras warns of it, too.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(2, trainable=false) compile(adam, mse) }",
      mended: "model M { input [4] Dense(2) compile(adam, mse) }",
    },
  }),
);

export const duplicateMetric = defineDiagnostic(
  "duplicate-metric",
  "warning",
  "A metric is measured twice.",
  (at: { metric: string; first: Span; fix?: Fix | undefined }) => ({
    message: `${at.metric} is measured twice`,
    related: [{ span: at.first, message: "first named here" }],
    ...(at.fix === undefined ? { help: "leave one of the two out" } : { fix: at.fix }),
  }),
  () => ({
    meaning:
      "A list of metrics names one twice, with the same arguments and perhaps by another of its words, such as acc for accuracy. Both give the same value.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(1) compile(adam, mse, metrics=[mae, mean_absolute_error]) }",
    },
  }),
);
