import type { BlockShape, KernelAxis, PrunedKernel } from "./pruned-kernel.ts";

/** The blocks that a kernel is cut into. */
export interface Blocks {
  readonly count: number;
  /** For each element of the array, which one it is in. */
  readonly of: Uint32Array;
  /** Elements of each: those at the ends of inputs and units may be smaller than the others. */
  readonly sizes: Uint32Array;
}

/** Cuts each matrix of a kernel, several axes read as one, from its first input and unit on. */
export function blocksOf({ size, inputs, units, repeats }: PrunedKernel, shape: BlockShape): Blocks {
  const rows = offsets(inputs);
  const columns = offsets(units);
  const across = Math.ceil(columns.length / shape.units);
  const down = Math.ceil(rows.length / shape.inputs);
  const starts = offsets(repeats);
  const count = starts.length * down * across;
  const of = new Uint32Array(size);
  const sizes = new Uint32Array(count);
  starts.forEach((start, repeat) => {
    rows.forEach((row, input) => {
      const first = (repeat * down + Math.floor(input / shape.inputs)) * across;
      columns.forEach((column, unit) => {
        const block = first + Math.floor(unit / shape.units);
        of[start + row + column] = block;
        sizes[block] = (sizes[block] as number) + 1;
      });
    });
  });
  return { count, of, sizes };
}

/** Where each place along axes lies, the last axis running fastest. */
function offsets(axes: readonly KernelAxis[]): readonly number[] {
  return axes.reduce<readonly number[]>(
    (starts, { size, stride }) =>
      starts.flatMap((start) => Array.from({ length: size }, (_, at) => start + at * stride)),
    [0],
  );
}
