import { defineDiagnostic } from "../../diagnostics/define.ts";

export const pruneNotTuned = defineDiagnostic<{ model: string }>(
  "prune-not-tuned",
  "hint",
  "A model is pruned without samples to train it on.",
  ({ model }) => ({
    message: `${model} was pruned at once, and nothing measured what that cost`,
    help: "with --data, and a compile clause, it is pruned little by little and trained meanwhile, which keeps far more of what it knows",
  }),
  () => ({
    meaning:
      "Without samples the smallest weights are taken away and the others stay as they are. That costs little where few are pruned, and much beyond half of them.",
    example: {
      kind: "command",
      text: "layerc prune digits.layers --sparsity 0.8",
      arguments: { model: "Digits" },
      mended: "layerc prune digits.layers --sparsity 0.8 --data digits.csv",
    },
  }),
);
