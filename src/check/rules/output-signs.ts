import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { RelatedPlace } from "../../diagnostics/diagnostic.ts";

interface SignedOutputs {
  /** The loss or the metric. */
  readonly word: string;
  readonly activation: string;
  readonly related: readonly RelatedPlace[];
}

export const outputsBelowZero = defineDiagnostic(
  "outputs-below-zero",
  "warning",
  "A loss or a metric that takes the logarithm of outputs gets some that may be below 0.",
  (at: SignedOutputs) => ({
    message: `${at.word} takes the logarithm of the outputs, but the model ends with '${at.activation}', which gives numbers below 0, too: it is NaN there`,
    help: "end the model with softplus or exponential, which give positive numbers, or with relu",
    related: at.related,
  }),
  () => ({
    meaning:
      "A Poisson loss compares counts with expected counts, which are positive, and has their logarithm. For an output below 0 there is none: the loss is NaN, and so are all weights after the next step.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(1) compile(adam, poisson) }",
      mended: "model M { input [4] Dense(1, activation=softplus) compile(adam, poisson) }",
    },
  }),
);

export const oneSidedOutputs = defineDiagnostic(
  "one-sided-outputs",
  "warning",
  "A loss or a metric of two sides gets outputs that are all on one of them.",
  (at: SignedOutputs) => ({
    message: `${at.word} takes outputs on both sides of 0, but the model ends with '${at.activation}', which gives none below 0`,
    help: "end the model with tanh, or with no activation",
    related: at.related,
  }),
  () => ({
    meaning:
      "hinge and squared_hinge are for targets of -1 and 1: an output is right where it is on the side of its target, by a margin of 1. Where no output is below 0 none is ever right for -1. For probabilities there is binary_crossentropy.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(1, activation=sigmoid) compile(adam, hinge) }",
      mended: "model M { input [4] Dense(1, activation=tanh) compile(adam, hinge) }",
    },
  }),
);
