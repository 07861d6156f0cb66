import { defineDiagnostic } from "../../diagnostics/define.ts";
import { createBatch, type Samples } from "../rows/samples.ts";
import type { Divergence } from "./training.ts";

const names: Readonly<Record<Divergence["of"], string>> = {
  loss: "loss",
  validation: "loss of the validation",
  weights: "weights",
};

export const trainDiverged = defineDiagnostic<{
  model: string;
  end: Divergence;
  steps: number;
  learningRate: number;
  largestInput: number;
  /** The epoch whose weights are kept; 0 for none. */
  kept: number;
}>(
  "train-diverged",
  "error",
  "The loss or the weights of a training are no numbers any more, or infinite.",
  ({ model, end, steps, learningRate, largestInput, kept }) => {
    const at = end.step === undefined ? "" : `, at step ${end.step} of ${steps}`;
    const became = end.of === "weights" ? "NaN or infinite" : end.isNaN ? "NaN" : "infinite";
    return {
      message: `The ${names[end.of]} of ${model} became ${became} in epoch ${end.epoch}${at}`,
      help: [
        isUnchanged(end)
          ? "no step has changed the weights yet, so it is not the learning rate: for these inputs or targets the loss has no number, such as for outputs below 0 with poisson, or it is too large for float32"
          : `try a lower learning rate than ${learningRate}, such as --learning-rate ${Number((learningRate / 10).toPrecision(3))}, or clipnorm=1 of the optimizer`,
        ...(largestInput > 100
          ? [
              `inputs go up to ${Number(largestInput.toPrecision(3))}: Rescaling or Normalization as first layer makes them small`,
            ]
          : []),
        kept === 0
          ? "no epoch had ended, so no weights are kept"
          : `the checkpoint is that of the end of epoch ${kept}`,
      ].join("\n"),
    };
  },
  () => ({
    meaning:
      "Steps were so large that weights grew beyond all numbers, or beyond those of float32, in which they are written. A lower learning rate, smaller inputs or a bound on the gradient help; so does a loss that fits the output, such as from_logits=true without a softmax. At the very first step no weight has changed yet: then the loss has no number for the inputs or the targets.",
    example: {
      kind: "command",
      text: "layerc train digits.layers --data digits.csv --learning-rate 100",
      arguments: {
        model: "Digits",
        end: { kind: "diverged", of: "loss", epoch: 1, step: 12, isNaN: true },
        steps: 45,
        learningRate: 100,
        largestInput: 16,
        kept: 0,
      },
      mended: "layerc train digits.layers --data digits.csv --learning-rate 0.001",
    },
  }),
);

/** Whether the loss is that of the weights with which the training has begun: a step measures it before it changes them. */
function isUnchanged({ of, epoch, step }: Divergence): boolean {
  return of === "loss" && epoch === 1 && step === 1;
}

/** Samples that are looked at: the others are most often like them. */
const looked = 10_000;

/** The largest absolute input of the first samples. */
export function largestInput(samples: Samples): number {
  const batch = createBatch(samples, 1);
  let largest = 0;
  for (let at = 0; at < Math.min(looked, samples.count); at++) {
    samples.read(at, batch, 0);
    for (const value of batch.inputs) largest = Math.max(largest, Math.abs(value));
  }
  return largest;
}
