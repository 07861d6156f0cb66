import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { RelatedPlace } from "../../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../../ir/shape.ts";

export const classesUnknown = defineDiagnostic(
  "classes-unknown",
  "error",
  "A loss or a metric tells places of the outputs apart, whose number is known only at run time.",
  (at: { word: string; output: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.word} needs to know how many outputs there are, found ${formatShape(at.output)}`,
    help: "end the model with an axis of a fixed size",
    related: at.related,
  }),
  () => ({
    meaning:
      "The loss or the metric has a number for each place of the outputs, or looks for the largest of them, so their number must be known when the model is compiled.",
    example: {
      kind: "source",
      source: "dim time model M { input [time] PReLU(shared_axes=1) compile(adam, mse, metrics=[r2_score]) }",
      mended: "dim time model M { input [time] PReLU(shared_axes=1) compile(adam, mse, metrics=[mae]) }",
    },
  }),
);

export const classCount = defineDiagnostic(
  "class-count",
  "error",
  "An argument of a loss or a metric does not go with the number of outputs.",
  (at: {
    /** `'class_id' of precision` */
    subject: string;
    /** After the subject: `is 7, but there are 3 outputs, from 0 to 2`. */
    problem: string;
    related: readonly RelatedPlace[];
  }) => ({ message: `${at.subject} ${at.problem}`, related: at.related }),
  () => ({
    meaning:
      "class_id is the index of an output, counted from 0; lists of weights have one for each output; num_labels, which only goes with multi_label, is their number.",
    example: {
      kind: "source",
      source:
        "model M { input [4] Dense(3, sigmoid) compile(adam, binary_crossentropy, metrics=[precision(class_id=3)]) }",
      mended:
        "model M { input [4] Dense(3, sigmoid) compile(adam, binary_crossentropy, metrics=[precision(class_id=2)]) }",
    },
  }),
);
