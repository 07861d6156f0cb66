import { defineDiagnostic } from "../../diagnostics/define.ts";

export const pruneNoWeights = defineDiagnostic<{ model: string }>(
  "prune-no-weights",
  "error",
  "A model that is to be pruned has no weights.",
  ({ model }) => ({
    message: `${model} binds no weights, and there is nothing else to prune`,
    help: 'a clause such as weights "./digits.safetensors" binds them; layerc train makes some',
  }),
  () => ({
    meaning:
      "Pruning takes weights away from a trained model, those that its weights clause binds or that a trained file has.",
    example: {
      kind: "situation",
      text: "A model to be pruned is model Digits { input [64] Dense(10, activation=softmax) }.",
      arguments: { model: "Digits" },
      mended: 'The model has the line weights "./digits.safetensors".',
    },
  }),
);
