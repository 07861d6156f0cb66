import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Fix, RelatedPlace } from "../../diagnostics/diagnostic.ts";

export const metricTargets = defineDiagnostic(
  "metric-targets",
  "error",
  "A metric takes other targets than the loss: labels, or a number for each output.",
  (at: {
    metric: string;
    loss: string;
    /** What the metric takes. */
    takes: "same" | "labels";
    related: readonly RelatedPlace[];
    fix?: Fix | undefined;
  }) => ({
    message: `${at.metric} takes ${targetsOf(at.takes)} as targets, but ${at.loss} takes ${
      at.takes === "labels" ? "numbers" : "labels"
    }`,
    related: at.related,
    ...(at.fix === undefined ? { help: "choose a metric or a loss with the same targets" } : { fix: at.fix }),
  }),
  () => ({
    meaning:
      "The targets of sparse losses and metrics are labels, the index of a class for each sample; those of all others have a number for each output. Training has one set of targets, so the loss and all metrics take the same kind.",
    example: {
      kind: "source",
      source:
        "model M { input [4] Dense(3, softmax) compile(adam, sparse_categorical_crossentropy, metrics=[categorical_accuracy]) }",
    },
  }),
);

function targetsOf(kind: "same" | "labels"): string {
  return kind === "labels" ? "labels" : "a number for each output";
}

export const accuracyOfNumbers = defineDiagnostic(
  "accuracy-of-numbers",
  "warning",
  "An accuracy is measured of outputs that the loss takes for numbers.",
  (at: { metric: string; loss: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.metric} counts right answers, but for ${at.loss} the outputs are numbers, of which hardly one is exactly right`,
    help: "for numbers write mean_absolute_error or r2_score",
    related: at.related,
  }),
  () => ({
    meaning:
      "An accuracy is the share of right answers among classes. Where the loss is a distance between numbers and the model ends without sigmoid or softmax, there are no classes: the metric compares with 0.5, or which output is the largest.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(1) compile(adam, mean_squared_error, metrics=[accuracy]) }",
      mended: "model M { input [4] Dense(1) compile(adam, mean_squared_error, metrics=[mean_absolute_error]) }",
    },
  }),
);

export const topKOfAll = defineDiagnostic(
  "top-k-of-all",
  "warning",
  "A top-k accuracy takes as many classes as there are, so that it is always 1.",
  (at: { metric: string; k: number; classes: number; related: readonly RelatedPlace[] }) => ({
    message: `${at.metric} looks among the ${at.k} largest of ${at.classes} outputs, so that it is always 1`,
    help: `write a k below ${at.classes}`,
    related: at.related,
  }),
  () => ({
    meaning:
      "A top-k accuracy is the share of samples whose class is among the k largest outputs, 5 by default. Among all of them every class is found.",
    example: {
      kind: "source",
      source:
        "model M { input [4] Dense(3, softmax) compile(adam, categorical_crossentropy, metrics=[top_k_categorical_accuracy]) }",
      mended:
        "model M { input [4] Dense(3, softmax) compile(adam, categorical_crossentropy, metrics=[top_k_categorical_accuracy(k=2)]) }",
    },
  }),
);
