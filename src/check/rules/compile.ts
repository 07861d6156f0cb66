import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Fix, Span } from "../../diagnostics/diagnostic.ts";

export const compileArgument = defineDiagnostic(
  "compile-argument",
  "error",
  "An argument of Keras' compile, or of its fit, is given to the clause, which does not have it.",
  (at: { message: string; help?: string | undefined; fix?: Fix | undefined }) => ({
    message: at.message,
    ...(at.help === undefined ? {} : { help: at.help }),
    ...(at.fix === undefined ? {} : { fix: at.fix }),
  }),
  () => ({
    meaning:
      "compile takes the optimizer, the loss and the metrics. What Keras' method takes besides says how Keras runs a step, or is for models with several outputs; what its fit takes is told to the training.",
    example: { kind: "source", source: "model M { input [4] Dense(1) compile(sgd, mse, run_eagerly=true) }" },
  }),
);

/** What is said of an argument that the clause does not have. */
export interface ForeignArgument {
  readonly message: string;
  readonly help?: string;
  /** What certainly mends it: it goes, or has the other name. */
  readonly mend?: "delete" | "metrics";
}

const runs: ForeignArgument = { message: "says how Keras runs a step, which is generated code here", mend: "delete" };
const fits: ForeignArgument = {
  message: "belongs to a run of the training, not to the model",
  help: "what is told to fit in Keras is an option of layerc train",
};

/** Arguments of Keras' `compile` and `fit`, by name. */
const foreign: ReadonlyMap<string, ForeignArgument> = new Map([
  ["run_eagerly", runs],
  ["steps_per_execution", runs],
  ["jit_compile", runs],
  ["auto_scale_loss", runs],
  [
    "loss_weights",
    {
      message: "weighs the losses of several outputs; a model has one",
      help: "leave it out; a learning rate changes how far a step goes",
    },
  ],
  [
    "weighted_metrics",
    {
      message: "measures with the weights of samples; metrics are measured without them",
      help: "give all metrics in one list: metrics=[...]",
      mend: "metrics",
    },
  ],
  ...["learning_rate", "learningRate", "lr"].map((name): [string, ForeignArgument] => [
    name,
    { message: "is an argument of the optimizer", help: "write optimizer=adam(learning_rate=...)" },
  ]),
  ...[
    "epochs",
    "batch_size",
    "batchSize",
    "validation_split",
    "validation_data",
    "shuffle",
    "callbacks",
    "verbose",
  ].map((name): [string, ForeignArgument] => [name, fits]),
]);

/** What is said of an argument of Keras' methods that the clause does not have; undefined for any other name. */
export function foreignCompileArgument(name: string): ForeignArgument | undefined {
  return foreign.get(name);
}

/** What is said of the third argument without a name; `list` is where it begins, if it is a list. */
export function thirdArgument(list: Span | undefined): Parameters<typeof compileArgument>[1] {
  const message = "The third argument of Keras' compile is 'loss_weights'; the metrics are given by their name";
  const help = "give all metrics in one list: metrics=[...]";
  if (list === undefined) return { message, help };
  return {
    message,
    fix: { title: "Write metrics=", edits: [{ span: { ...list, end: list.start }, text: "metrics=" }] },
  };
}
