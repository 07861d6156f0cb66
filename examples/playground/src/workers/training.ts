import { uniformNumbers } from "../model/uniform-numbers.ts";

/** What is trained on. Samples lie one after the other; the first ones are trained on, the others only measured. */
export interface Course {
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
  readonly trained: number;
  readonly tested: number;
  /** Inputs that the outputs are wanted of, to be drawn. */
  readonly probes: Float64Array;
  /** Of the weights, and of the order of samples. */
  readonly seed: number;
}

/** What may change while it trains. */
export interface Pace {
  readonly batchSize: number;
  /** In place of that of the compile clause. */
  readonly learningRate?: number | undefined;
}

/** How far training has come, and what the model does there. */
export interface Frame {
  /** Times that all samples were trained on, a broken number within an epoch. */
  readonly epoch: number;
  readonly training: Results;
  readonly test: Results;
  readonly sampleOutputs: Float64Array;
  readonly probeOutputs: Float64Array;
}

/** `loss`, and the metrics of the compile clause. */
export type Results = Readonly<Record<string, number>>;

/** What the worker uses of a generated trainer. */
export interface Trainer {
  learningRate: number;
  step(inputs: Float64Array, targets: Float64Array): number;
  evaluate(inputs: Float64Array, targets: Float64Array): Results;
  forwardBatch(inputs: Float64Array): Float64Array;
  state(): { readonly numbers: Readonly<Record<string, number>> };
  restore(state: unknown): void;
  writeWeights(): Uint8Array<ArrayBuffer>;
  /** Of optimizers that keep moving averages of the weights. */
  finish?(): void;
}

/** The loop of training, in which the epochs are shuffled by the seed alone: what a run gives does not depend on its speed. */
export class Training {
  readonly #trainer: Trainer;
  readonly #course: Course;
  readonly #random: () => number;
  #pace: Pace;
  readonly #order: Uint32Array;
  /** Where the next batch begins in the order. */
  #at = 0;
  #epochs = 0;
  /** Milliseconds that measuring took. */
  #measuring = 0;

  constructor(trainer: Trainer, course: Course, pace: Pace) {
    this.#trainer = trainer;
    this.#course = course;
    this.#random = uniformNumbers(course.seed);
    this.#order = Uint32Array.from({ length: course.trained }, (_, at) => at);
    this.#shuffle();
    this.#pace = pace;
  }

  change(pace: Pace): void {
    const { learningRate } = pace;
    if (learningRate !== undefined) this.#trainer.learningRate = learningRate;
    else if (this.#pace.learningRate !== undefined) {
      // No number is none that was set: that of the clause.
      const state = this.#trainer.state();
      const numbers = { ...state.numbers, learningRate: NaN };
      this.#trainer.restore({ ...state, numbers });
    }
    this.#pace = pace;
  }

  advance(steps: number, milliseconds: number): Frame {
    // Half of the time at most is for measuring.
    const end = performance.now() + Math.max(milliseconds, this.#measuring);
    for (let done = 0; done < steps && performance.now() < end; done++)
      this.#step();
    return this.measure();
  }

  measure(): Frame {
    const { inputs, targets, trained, tested, probes } = this.#course;
    const started = performance.now();
    const total = trained + tested;
    const part = (values: Float64Array, from: number, to: number) =>
      values.subarray(
        (from * values.length) / total,
        (to * values.length) / total,
      );
    const measured = (from: number, to: number): Results =>
      this.#trainer.evaluate(part(inputs, from, to), part(targets, from, to));
    const frame = {
      epoch: this.#epochs + this.#at / trained,
      training: measured(0, trained),
      test: measured(trained, total),
      sampleOutputs: this.#trainer.forwardBatch(inputs),
      probeOutputs: this.#trainer.forwardBatch(probes),
    };
    this.#measuring = performance.now() - started;
    return frame;
  }

  weights(): Uint8Array<ArrayBuffer> {
    const trainer = this.#trainer;
    if (trainer.finish === undefined) return trainer.writeWeights();
    const state = trainer.state();
    trainer.finish();
    const bytes = trainer.writeWeights();
    trainer.restore(state);
    return bytes;
  }

  #step(): void {
    const { inputs, targets, trained } = this.#course;
    const end = Math.min(trained, this.#at + this.#pace.batchSize);
    const samples = this.#order.subarray(this.#at, end);
    const total = trained + this.#course.tested;
    this.#trainer.step(
      gather(inputs, samples, inputs.length / total),
      gather(targets, samples, targets.length / total),
    );
    this.#at = end;
    if (end < trained) return;
    this.#at = 0;
    this.#epochs++;
    this.#shuffle();
  }

  /** Fisher and Yates. */
  #shuffle(): void {
    const order = this.#order;
    for (let at = order.length - 1; at > 0; at--) {
      const other = Math.floor(this.#random() * (at + 1));
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
  }
}

/** Some samples one after the other. */
function gather(
  values: Float64Array,
  samples: Uint32Array,
  size: number,
): Float64Array {
  const batch = new Float64Array(samples.length * size);
  samples.forEach((sample, at) =>
    batch.set(values.subarray(sample * size, (sample + 1) * size), at * size),
  );
  return batch;
}
