import { defineDiagnostic } from "../../diagnostics/define.ts";
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
