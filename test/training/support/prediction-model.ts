import { trainerMaker, type Target, type Trainer } from "../../gradients/make-trainer.ts";
import type { Numbers } from "./one-hot.ts";

/**
 * A trainer whose predictions for the inputs 0, 1, ... are the given ones: the rows of a table, each its own sample's. A step
 * with the learning rate 1 takes from them their gradient.
 */
export async function predictionTrainer(prediction: Numbers, clause: string, target: Target) {
  const [samples = 0, ...shape] = prediction.shape;
  const width = shape.reduce((product, size) => product * size, 1);
  const make = await trainerMaker(
    `model M { input [1] Embedding(${samples}, ${width}) Reshape([${shape.join(", ")}]) compile(${clause}) }`,
    target,
  );
  const trainer: Trainer = make({ weights: { embedding: { embeddings: prediction.data } } });
  const inputs = Array.from({ length: samples }, (_, at) => at);
  return { trainer, inputs, predictions: (): readonly number[] => Array.from(tableOf(trainer)) };
}

/** The rows, which may be written. */
export function tableOf(trainer: Trainer): Float64Array | Float32Array {
  const { embeddings } = trainer.weights["embedding"] as { readonly embeddings: Float64Array };
  return embeddings;
}
