import type { Trainer } from "./make-trainer.ts";

/** Samples with what is to be learned of them. */
export interface Samples {
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly number[];
}

export interface FitOptions {
  /** How often all samples are gone over, each time in another order. */
  readonly epochs: number;
  readonly batch: number;
  /** Of the orders. */
  readonly seed: number;
}

/** Trains with samples in batches. */
export function fit(
  trainer: Pick<Trainer, "step">,
  { inputs, targets }: Samples,
  { epochs, batch, seed }: FitOptions,
): void {
  const random = createRandom(seed * 7919);
  const size = inputs[0]!.length;
  const [x, y] = [new Float64Array(batch * size), new Float64Array(batch)];
  const order = inputs.map((_, at) => at);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1));
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    for (let at = 0; at < order.length; at += batch) {
      const chosen = order.slice(at, at + batch);
      chosen.forEach((one, place) => x.set(inputs[one]!, place * size));
      chosen.forEach((one, place) => (y[place] = targets[one]!));
      trainer.step(x.subarray(0, chosen.length * size), y.subarray(0, chosen.length));
    }
  }
}

/** Numbers of [0, 1), the same ones for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
