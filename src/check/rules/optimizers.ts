import { defineDiagnostic } from "../../diagnostics/define.ts";
import { counted } from "../../diagnostics/counted.ts";
import type { RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";

export const clippedTwice = defineDiagnostic(
  "clipped-twice",
  "error",
  "An optimizer clips gradients in two ways, of which Keras takes one.",
  (at: { names: readonly [string, string]; first: Span; related: readonly RelatedPlace[] }) => ({
    message: `Gradients are clipped in one way, found '${at.names[0]}' and '${at.names[1]}'`,
    help: "leave one of the two out",
    related: [{ span: at.first, message: "the other one is here" }, ...at.related],
  }),
  () => ({
    meaning:
      "clipnorm limits the length of each gradient, clipvalue each of its elements, global_clipnorm the length of all gradients together. Keras takes one of them.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(1) compile(sgd(clipnorm=1, clipvalue=0.5), mse) }",
      mended: "model M { input [4] Dense(1) compile(sgd(clipnorm=1), mse) }",
    },
  }),
);

export const scheduleLengths = defineDiagnostic(
  "schedule-lengths",
  "error",
  "A schedule of constant learning rates has not one value more than it has boundaries.",
  (at: { boundaries: number; values: number; related: readonly RelatedPlace[] }) => ({
    message: `With ${counted(at.boundaries, "boundary", "boundaries")} there are ${counted(at.boundaries + 1, "value")}, found ${at.values}`,
    related: at.related,
  }),
  () => ({
    meaning:
      "Boundaries part the steps of training into stretches, one more than there are boundaries, and each of them has a learning rate.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(1) compile(sgd(piecewise_constant_decay([100], [0.1])), mse) }",
      mended: "model M { input [4] Dense(1) compile(sgd(piecewise_constant_decay([100], [0.1, 0.01])), mse) }",
    },
  }),
);
