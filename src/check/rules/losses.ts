import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Fix, RelatedPlace } from "../../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../../ir/shape.ts";

interface Remedy {
  readonly related: readonly RelatedPlace[];
  readonly help: string;
  readonly fix?: Fix | undefined;
}

function remedyOf({ related, help, fix }: Remedy) {
  return { related, help, ...(fix === undefined ? {} : { fix }) };
}

export const oneClass = defineDiagnostic(
  "one-class",
  "error",
  "A loss or a metric that tells classes apart gets an output with one value.",
  (at: Remedy & { word: string; output: Shape }) => ({
    message: `${at.word} tells classes apart, but the output ${formatShape(at.output)} has one value`,
    ...remedyOf(at),
  }),
  () => ({
    meaning:
      "Categorical losses and metrics compare the values of several classes. Of one value nothing can be learned in this way: as a share of itself it is always 1. One probability goes with binary_crossentropy, one number with mean_squared_error.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(1, activation=sigmoid) compile(adam, categorical_crossentropy) }",
    },
  }),
);

export const labelsAxis = defineDiagnostic(
  "labels-axis",
  "error",
  "A loss or a metric of labels is to work along another axis than the last.",
  (at: { word: string; axis: number; output: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.word} takes labels in place of the last axis of the output ${formatShape(at.output)}, not of axis ${at.axis}`,
    help: "put the classes last, by Permute",
    related: at.related,
  }),
  () => ({
    meaning:
      "A label is the index of a class, for a place of the outputs that has a number for each class along the last axis. Where the classes lie along another axis, Permute moves it; categorical_crossentropy takes any axis, with targets that have a number for each class.",
    example: {
      kind: "source",
      source:
        "model M { input [3, 4] Dense(4) Softmax(axis=1) compile(adam, sparse_categorical_crossentropy(axis=1)) }",
      mended:
        "model M { input [3, 4] Dense(4) Softmax(axis=1) Permute([2, 1]) compile(adam, sparse_categorical_crossentropy) }",
    },
  }),
);

export const classesAxis = defineDiagnostic(
  "classes-axis",
  "warning",
  "A loss or a metric takes the classes along another axis than a softmax.",
  (at: {
    word: string;
    activation: string;
    /** Counted with the batch axis. */
    axes: { readonly own: number; readonly other: number; readonly isLast: boolean };
    /** Whether it can be told another axis. */
    canMove: boolean;
    output: Shape;
    related: readonly RelatedPlace[];
  }) => ({
    message: `${at.word} takes the classes along ${at.axes.isLast ? "the last axis" : `axis ${at.axes.own}`} of the output ${formatShape(at.output)}, but '${at.activation}' makes probabilities along axis ${at.axes.other}`,
    help: at.canMove
      ? `write axis=${at.axes.other} of ${at.word}, or axis=${at.axes.own} of ${at.activation}`
      : `write axis=${at.axes.own} of ${at.activation}, or put the classes last by Permute`,
    related: at.related,
  }),
  () => ({
    meaning:
      "A softmax makes probabilities whose sum is 1 along one axis, and along that lie the classes. A loss that takes those along another axis compares numbers that are the probabilities of no such choice.",
    example: {
      kind: "source",
      source: "model M { input [4, 3] Dense(3) Softmax(axis=1) compile(adam, sparse_categorical_crossentropy) }",
      mended: "model M { input [4, 3] Dense(3) Softmax() compile(adam, sparse_categorical_crossentropy) }",
    },
  }),
);

export const probabilitiesExpected = defineDiagnostic(
  "probabilities-expected",
  "warning",
  "A loss or a metric of probabilities gets outputs that are any numbers.",
  (at: Remedy & { word: string; activation: string }) => ({
    message: `${at.word} takes probabilities, but the model ends with '${at.activation}', which gives other numbers, too`,
    ...remedyOf(at),
  }),
  () => ({
    meaning:
      "Cross-entropies are about probabilities. What a layer without softmax or sigmoid gives are logits, of which the loss makes probabilities itself where it is told from_logits=true. Without that it cuts them off at 0 and 1.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(3) compile(adam, categorical_crossentropy) }",
    },
  }),
);

export const logitsOfProbabilities = defineDiagnostic(
  "logits-of-probabilities",
  "warning",
  "A loss or a metric with from_logits=true gets outputs that are probabilities already.",
  (at: Remedy & { word: string; activation: string }) => ({
    message: `${at.word} is told from_logits=true, but '${at.activation}' has made probabilities of the logits already`,
    ...remedyOf(at),
  }),
  () => ({
    meaning:
      "from_logits=true makes the loss apply softmax or sigmoid to what it gets. Behind a layer that does the same they are applied twice, which leaves all probabilities nearly equal.",
    example: {
      kind: "source",
      source:
        "model M { input [4] Dense(3, activation=softmax) compile(adam, categorical_crossentropy(from_logits=true)) }",
    },
  }),
);

export const binaryLossOfSoftmax = defineDiagnostic(
  "binary-loss-of-softmax",
  "warning",
  "A loss that takes each output by itself gets those of a softmax, whose sum is 1.",
  (at: Remedy & { word: string }) => ({
    message: `${at.word} takes each output by itself, but those of a softmax depend on one another: their sum is 1`,
    ...remedyOf(at),
  }),
  () => ({
    meaning:
      "A softmax says which one of the classes it is, and a categorical crossentropy is its loss. Where each output is a question of its own, so that several can be true, the layer has sigmoid.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(3, activation=softmax) compile(adam, binary_crossentropy) }",
      mended: "model M { input [4] Dense(3, activation=sigmoid) compile(adam, binary_crossentropy) }",
    },
  }),
);
