import type { BlockPanel, Blocks, WeightTensor } from "./graph.ts";

/** A block of weights: so many inputs by so many units. */
export const blockInputs = 4;
export const blockUnits = 8;
/** Numbers of a block in memory. */
export const blockSize = blockInputs * blockUnits;

/** Panels of 8 units; the last one may be left out of them. */
export function wholePanels(units: number): number {
  return Math.floor(units / blockUnits);
}

/** Where the index has the first input of block 0. */
export function firstInputAt({ panels }: Pick<Blocks, "panels">): number {
  return 2 * panels.length + 1;
}

/** Finds the blocks of a row-major kernel. The last inputs of a layer, where they are fewer than 4, go with some before them. */
export function findBlocks(
  values: Float32Array | Float64Array,
  { path, shape }: Pick<WeightTensor, "path" | "shape">,
): Blocks {
  const [inputs, units] = shape as readonly [number, number];
  const rows = Math.ceil(inputs / blockInputs);
  const panels = Math.ceil(units / blockUnits);
  const isUsed = new Uint8Array(rows * panels);
  for (let input = 0; input < inputs; input++) {
    const row = Math.floor(input / blockInputs) * panels;
    for (let unit = 0; unit < units; unit++) {
      if (values[input * units + unit] !== 0) isUsed[row + Math.floor(unit / blockUnits)] = 1;
    }
  }
  const found = Array.from({ length: panels }, (_, panel) => {
    const used = Array.from({ length: rows }, (_row, row) => row).filter((row) => isUsed[row * panels + panel] === 1);
    return { unit: panel * blockUnits, inputs: used.map((row) => Math.min(row * blockInputs, inputs - blockInputs)) };
  });
  const whole = found.slice(0, wholePanels(units)).sort((a, b) => a.inputs.length - b.inputs.length);
  let count = 0;
  const ordered = [...whole, ...found.slice(whole.length)].map((panel): BlockPanel => {
    const first = count;
    count += panel.inputs.length;
    return { ...panel, first };
  });
  const integers = Int32Array.from([
    ...ordered.flatMap(({ first, unit }) => [first, unit]),
    count,
    ...ordered.flatMap((panel) => panel.inputs),
  ]);
  const name = `${path.at(-1) as string}_blocks`;
  return {
    panels: ordered,
    count,
    index: { path: [...path.slice(0, -1), name], shape: [integers.length], integers, computed: true },
  };
}

/**
 * The blocks of a row-major kernel, one after the other: in each, the 8 units of its first input, then of the next. What lies
 * beyond the layer, or belongs to the block before, is 0. The result is an array of the same kind.
 */
export function packBlocks<Values extends Float32Array | Float64Array>(
  { panels, count }: Blocks,
  kernel: Values,
  inputs: number,
  units: number,
): Values {
  const size = count * blockSize;
  const packed = (kernel instanceof Float64Array ? new Float64Array(size) : new Float32Array(size)) as Values;
  for (const { unit: start, first, inputs: starts } of panels) {
    const end = Math.min(start + blockUnits, units);
    starts.forEach((input, at) => {
      const own = input % blockInputs === 0 ? 0 : blockInputs - (inputs % blockInputs);
      for (let k = own; k < blockInputs; k++) {
        const to = (first + at) * blockSize + k * blockUnits - start;
        for (let unit = start; unit < end; unit++) packed[to + unit] = kernel[(input + k) * units + unit] as number;
      }
    });
  }
  return packed;
}
