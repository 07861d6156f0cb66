import type { RowStore } from "./row-store.ts";

/** How a row is laid out: the inputs of a sample, its targets, and its weight if samples have one. */
export interface RowLayout {
  readonly inputs: number;
  /** Of the row. */
  readonly targets: number;
  readonly isWeighted: boolean;
  /** Classes of a target that is stored as one and becomes so many numbers, 1 for the class and else 0. */
  readonly oneHot?: number;
}

/** A range of the rows of a file as samples. */
export interface Samples {
  readonly count: number;
  readonly layout: RowLayout;
  /** Numbers of the targets of a sample, as a trainer takes them. */
  readonly targetCount: number;
  /** Puts a sample into a batch, as its `at`th. */
  read(sample: number, batch: Batch, at: number): void;
}

/** Samples as a trainer takes them, one after the other. */
export interface Batch {
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  readonly weights: Float32Array;
}

/** The numbers that a row has for a layout. */
export function rowWidth({ inputs, targets, isWeighted }: RowLayout): number {
  return inputs + targets + (isWeighted ? 1 : 0);
}

/** The rows from `from` to before `to`. */
export function samplesOf(rows: RowStore, layout: RowLayout, from = 0, to = rows.count): Samples {
  const { inputs, targets, isWeighted, oneHot } = layout;
  const targetCount = oneHot ?? targets;
  return {
    count: to - from,
    layout,
    targetCount,
    read(sample, batch, at) {
      const { array, offset } = rows.find(from + sample);
      copy(array, offset, inputs, batch.inputs, at * inputs);
      const start = at * targetCount;
      if (oneHot === undefined) copy(array, offset + inputs, targets, batch.targets, start);
      else {
        batch.targets.fill(0, start, start + oneHot);
        batch.targets[start + (array[offset + inputs] as number)] = 1;
      }
      batch.weights[at] = isWeighted ? (array[offset + inputs + targets] as number) : 1;
    },
  };
}

/** For the few numbers of a sample quicker than `set` of a part, which is an object of its own. */
function copy(from: Float32Array, start: number, count: number, to: Float32Array, at: number): void {
  for (let index = 0; index < count; index++) to[at + index] = from[start + index] as number;
}

export function createBatch({ layout, targetCount }: Samples, size: number): Batch {
  return {
    inputs: new Float32Array(size * layout.inputs),
    targets: new Float32Array(size * targetCount),
    weights: new Float32Array(size),
  };
}
