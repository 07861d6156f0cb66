import { defineDiagnostic } from "../../diagnostics/define.ts";
import { counted } from "../../diagnostics/counted.ts";
import type { RelatedPlace } from "../../diagnostics/diagnostic.ts";

export const scheduleLengths = defineDiagnostic(
  "schedule-lengths",
  "error",
  "A schedule of constant learning rates has not one value more than it has boundaries.",
  (at: { boundaries: number; values: number; related: readonly RelatedPlace[] }) => ({
    message: `With ${counted(at.boundaries, "boundary", "boundaries")} there are ${counted(at.boundaries + 1, "value")}, found ${at.values}`,
    help: "each stretch between two boundaries has a value, and so have the first and the last one",
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

export const scheduleOrder = defineDiagnostic(
  "schedule-order",
  "error",
  "The boundaries of a schedule of constant learning rates do not ascend.",
  (at: { boundary: number; before: number; related: readonly RelatedPlace[] }) => ({
    message: `Boundaries ascend, found ${at.boundary} behind ${at.before}`,
    help: "put the boundaries in order, each with the value of the steps before it",
    related: at.related,
  }),
  () => ({
    meaning:
      "A boundary is the last step of a stretch, counted from 0. The next stretch ends later: one that ended before or with it would have no steps, and its learning rate would never be used.",
    example: {
      kind: "source",
      source:
        "model M { input [4] Dense(1) compile(sgd(piecewise_constant_decay([200, 100], [0.1, 0.05, 0.01])), mse) }",
      mended:
        "model M { input [4] Dense(1) compile(sgd(piecewise_constant_decay([100, 200], [0.1, 0.05, 0.01])), mse) }",
    },
  }),
);

export const unusedWarmup = defineDiagnostic(
  "unused-warmup",
  "warning",
  "A schedule is given one of the two arguments of a warm-up, which does nothing without the other.",
  (at: { name: "warmup_steps" | "warmup_target"; related: readonly RelatedPlace[] }) =>
    at.name === "warmup_steps"
      ? {
          message: "Without 'warmup_target' there is no warm-up, as in Keras: 'warmup_steps' does nothing",
          help: "write warmup_target=..., the learning rate at its end, and initial_learning_rate for its beginning",
          related: at.related,
        }
      : {
          message: "A warm-up without steps begins at its end, as in Keras: 'initial_learning_rate' does nothing",
          help: "write warmup_steps=..., or leave warmup_target out",
          related: at.related,
        },
  () => ({
    meaning:
      "A warm-up goes from initial_learning_rate to warmup_target in warmup_steps steps. Keras has none where the target is left out, and goes down from the target at once where the steps are.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(1) compile(sgd(cosine_decay(0, 1000, warmup_steps=100)), mse) }",
      mended:
        "model M { input [4] Dense(1) compile(sgd(cosine_decay(0, 1000, warmup_target=0.1, warmup_steps=100)), mse) }",
    },
  }),
);
