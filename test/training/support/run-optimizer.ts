import { trainerMaker, type Target } from "../../gradients/make-trainer.ts";
import { predictionTrainer, tableOf } from "./prediction-model.ts";

type Row = readonly number[];

/** The weights after each of the steps with the given gradients: those of a table, each of whose rows is one sample's prediction. */
export async function runOptimizer(
  optimizer: string,
  initial: Row,
  gradients: readonly Row[],
  target: Target,
): Promise<readonly Row[]> {
  const clause = `optimizer=${optimizer}, loss=mean_squared_error(reduction=sum)`;
  const { trainer, inputs } = await predictionTrainer({ shape: [1, initial.length], data: initial }, clause, target);
  const weights = tableOf(trainer);
  return gradients.map((gradient) => {
    trainer.step(inputs, targetsFor(weights, gradient));
    return Array.from(weights);
  });
}

/** Targets by which the mean squared error has that gradient. */
function targetsFor(predictions: ArrayLike<number>, gradient: Row): Row {
  return gradient.map((value, at) => predictions[at]! - (value * gradient.length) / 2);
}

const outputs = 3;

/**
 * The same for a kernel of `[2, 3]` and a bias of `[3]`, for what goes over several weights. Of three samples two have the gradient
 * of a row of the kernel each, and the last one what then lacks for the bias.
 */
export async function runDense(
  optimizer: string,
  [kernel, bias]: readonly Row[],
  gradients: readonly (readonly Row[])[],
  target: Target,
): Promise<readonly Row[]> {
  const clause = `compile(optimizer=${optimizer}, loss=mean_squared_error(reduction=sum))`;
  const make = await trainerMaker(`model M { input [2] Dense(${outputs}) ${clause} }`, target);
  const trainer = make({ weights: { dense: { kernel, bias } } });
  const { kernel: k, bias: b } = trainer.weights["dense"] as Readonly<Record<"kernel" | "bias", Float64Array>>;
  return gradients.map(([ofKernel = [], ofBias = []]) => {
    const rows = [ofKernel.slice(0, outputs), ofKernel.slice(outputs)];
    const last = ofBias.map((value, at) => value - rows[0]![at]! - rows[1]![at]!);
    const targets = [...rows, last].flatMap((row, sample) => {
      const predictions = row.map((_, at) => b[at]! + (sample < 2 ? k[sample * outputs + at]! : 0));
      return targetsFor(predictions, row);
    });
    trainer.step([1, 0, 0, 1, 0, 0], targets);
    return [...k, ...b];
  });
}
