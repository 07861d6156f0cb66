import type { Runnable, Variant } from "../model/built.ts";
import { load, type Loaded } from "./load-runnable.ts";

export interface Measured {
  readonly results: readonly VariantTime[];
  /** The largest difference between an output of the first variant and of another one, relative to the largest output. */
  readonly difference: number;
  /** How many samples were compared. */
  readonly samples: number;
}

export interface VariantTime {
  readonly variant: Variant;
  readonly backend: string;
  /** The median over the rounds. */
  readonly samplesPerSecond: number;
}

/** Rounds that are timed, after those that let the engine compile the code. */
const rounds = 15;
const warmUp = 5;
/** How long each variant runs in a round; clocks of browsers are coarse. */
const roundMilliseconds = 20;

/**
 * Times models on the same samples: their outputs are compared first; then they take turns, so that what else the machine does meets
 * all of them; the median of the rounds counts.
 */
export async function measure(
  runnables: readonly Runnable[],
  inputs: Float32Array,
  inputLength: number,
  progress: (done: number) => void,
): Promise<Measured> {
  const models: Loaded[] = [];
  for (const runnable of runnables) models.push(await load(runnable));
  const samples = Array.from({ length: inputs.length / inputLength }, (_, at) =>
    inputs.subarray(at * inputLength, (at + 1) * inputLength),
  );
  const difference = compare(models, samples);
  const speeds: number[][] = models.map(() => []);
  const output = models[0]!.forward(samples[0]!).slice();
  for (let round = 0; round < warmUp + rounds; round++) {
    models.forEach((model, at) => {
      const speed = timeRound(model, samples, output);
      if (round >= warmUp) speeds[at]!.push(speed);
    });
    progress((round + 1) / (warmUp + rounds));
  }
  return {
    difference,
    samples: samples.length,
    results: runnables.map(({ variant }, at) => ({
      variant,
      backend: models[at]!.backend,
      samplesPerSecond: median(speeds[at]!),
    })),
  };
}

/** Samples a second. */
function timeRound(
  model: Loaded,
  samples: readonly Float32Array[],
  output: Float32Array,
): number {
  const start = performance.now();
  let done = 0;
  let elapsed = 0;
  // The clock is read once for many samples of a fast model.
  for (let batch = 1; elapsed < roundMilliseconds; batch *= 2) {
    for (let at = 0; at < batch; at++)
      model.forward(samples[at % samples.length]!, output);
    done += batch;
    elapsed = performance.now() - start;
  }
  return (done / elapsed) * 1000;
}

function compare(
  models: readonly Loaded[],
  samples: readonly Float32Array[],
): number {
  let difference = 0;
  let largest = 0;
  for (const sample of samples) {
    const [first, ...others] = models.map((model) =>
      model.forward(sample).slice(),
    );
    first!.forEach((value, at) => {
      largest = Math.max(largest, Math.abs(value));
      for (const other of others) {
        const apart = Math.abs(value - other[at]!);
        // NaN of one and not of the other is as different as can be.
        if (Number.isNaN(apart) && !Object.is(value, other[at]))
          difference = Infinity;
        else if (apart > difference) difference = apart;
      }
    });
  }
  return largest === 0 ? difference : difference / largest;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
