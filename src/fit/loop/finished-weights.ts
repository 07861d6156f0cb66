import type { Trainer } from "./trainer.ts";

/** The weights as training would end with now, as a safetensors file; the trainer goes on as it is. */
export function finishedWeights(trainer: Trainer): Uint8Array {
  if (trainer.finish === undefined) return trainer.writeWeights();
  const state = trainer.state();
  trainer.finish();
  const weights = trainer.writeWeights();
  trainer.restore(state);
  return weights;
}
