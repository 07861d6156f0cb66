/**
 * A trainer as a module that is built for training exports it, as far as the loop calls it. Arrays of samples lie one after the
 * other.
 */
export interface Trainer {
  /** One step of the optimizer. Classes are whole numbers. Answers the loss before the step. */
  step(
    inputs: ArrayLike<number>,
    targets: ArrayLike<number>,
    sampleWeights?: ArrayLike<number>,
    dims?: TrainerDims,
  ): number;
  /** Loss and metrics without a step. */
  observe(
    inputs: ArrayLike<number>,
    targets: ArrayLike<number>,
    sampleWeights?: ArrayLike<number>,
    dims?: TrainerDims,
  ): void;
  /** Means of loss and metrics of all that was stepped and observed since the last `resetResults()`, by their names. */
  results(): Results;
  resetResults(): void;
  /** What the next step takes, where the optimizer has no schedule. */
  learningRate: number;
  /** The arrays that are trained, as they are now. */
  readonly weights: TrainerWeights;
  /** The end of training, where the optimizer keeps moving averages of the weights: they take the weights' place. */
  finish?(): void;
  /** A copy of all that a step depends on, and of what `results()` is made of. */
  state(): TrainerState;
  /** Throws a TypeError or RangeError for a state of another model, and changes nothing then. */
  restore(state: TrainerState): void;
  /** A safetensors file that binds to the model. */
  writeWeights(): Uint8Array;
}

/** Arrays by the names of layers, nested as models are. */
export interface TrainerWeights {
  readonly [name: string]: TrainerWeights | Float64Array | Float32Array;
}

/** The values of run-time sizes, by name. */
export type TrainerDims = Readonly<Record<string, number>>;

/** Loss and metrics by name. */
export type Results = Readonly<Record<string, number>>;

export type StateArray = Float64Array | Float32Array | Uint32Array;

export interface TrainerState {
  /** Which model it is of. */
  readonly model: string;
  readonly arrays: Readonly<Record<string, StateArray>>;
  readonly numbers: Readonly<Record<string, number>>;
}

/** What a trainer is made with. */
export interface TrainerOptions {
  /** The arrays of the model, nested by layers; without them the initializers make them. */
  readonly weights?: unknown;
  readonly seed?: number;
  readonly learningRate?: number;
}
