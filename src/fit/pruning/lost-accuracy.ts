import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { formatResult } from "../format-result.ts";
import type { Results } from "../loop/trainer.ts";
import { mainResult } from "../main-result.ts";

export const pruneLostAccuracy = defineDiagnostic<{ model: string; name: string; before: number; after: number }>(
  "prune-lost-accuracy",
  "warning",
  "A pruned model is much worse than it was before.",
  ({ model, name, before, after }) => ({
    message: `The ${name} of ${model} was ${formatResult(before)} before it was pruned, and is ${formatResult(after)}`,
    help: "prune less, more slowly (--epochs) or smaller blocks, or leave a layer as it is (--except); a higher --learning-rate can help, too",
  }),
  () => ({
    meaning:
      "Accuracy fell by more than five hundredths, or, where a model has none, the loss grew by more than half. The weights are written all the same.",
    example: {
      kind: "command",
      text: "layerc prune digits.layers --data digits.csv --sparsity 0.99",
      arguments: { model: "Digits", name: "accuracy", before: 0.9844, after: 0.7133 },
      mended: "layerc prune digits.layers --data digits.csv --sparsity 0.8",
    },
  }),
);

/** Says where pruning has cost much. */
export function warnOfLostAccuracy(model: string, before: Results, after: Results): readonly Diagnostic[] {
  const main = mainResult(before);
  const name = main.endsWith("accuracy") ? main : "loss";
  const [was, is] = [before[name] ?? Number.NaN, after[name] ?? Number.NaN];
  const isMuch = name === "loss" ? is > was + Math.abs(was) / 2 : is < was - 0.05;
  return isMuch ? [pruneLostAccuracy(undefined, { model, name, before: was, after: is })] : [];
}
