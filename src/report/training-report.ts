import { trainingMemory, type TrainingMemory } from "../gradients/training-memory.ts";
import type { Size } from "../ir/size.ts";
import type { TrainerUnit } from "../targets/trainer-unit.ts";

/** What a trainer takes, for `--explain`. */
export interface TrainingReport {
  /** The samples of a batch that `memory` is for. */
  readonly batchSize: number;
  /** Bytes, as sums over run-time dims: `[{ factor: 1024, dims: [] }, { factor: 16, dims: ["time"] }]`. */
  readonly memory: TrainingMemory;
}

/** Keras' default, which is that of `layerc train`. */
const batchSize = 32;

/** The arrays of a trainer: float64 in TypeScript, float32 beside WebAssembly. */
export function reportTraining({ lowered, engine }: TrainerUnit): TrainingReport {
  const bytes = engine === undefined ? 8 : 4;
  const inBytes = (sizes: readonly Size[]): readonly Size[] =>
    sizes.map(({ factor, dims }) => ({ factor: factor * bytes, dims }));
  const { weights, optimizer, values, batch, other, total, least } = trainingMemory(lowered, batchSize);
  return {
    batchSize,
    memory: {
      weights: inBytes(weights),
      optimizer: inBytes(optimizer),
      values: inBytes(values),
      batch: inBytes(batch),
      other: inBytes(other),
      total: inBytes(total),
      least: inBytes(least),
    },
  };
}
