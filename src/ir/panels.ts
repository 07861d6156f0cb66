import type { PanelLayout } from "./loops.ts";

/** The distance between two inputs in the panel that starts at unit `start`: its width with what it is padded by. */
export function panelStride({ width, lanes }: PanelLayout, units: number, start: number): number {
  return Math.ceil(Math.min(width, units - start) / lanes) * lanes;
}

/** The number of elements of a kernel `[inputs, units]` in panels. */
export function packedSize({ lanes }: PanelLayout, inputs: number, units: number): number {
  return inputs * Math.ceil(units / lanes) * lanes;
}

/**
 * A row-major kernel `[inputs, units]` in panels, as `PanelLayout` describes them; what they are padded by is zero.
 * The result is an array of the same kind.
 */
export function packPanels<Values extends Float32Array | Float64Array>(
  layout: PanelLayout,
  kernel: Values,
  inputs: number,
  units: number,
): Values {
  const size = packedSize(layout, inputs, units);
  const packed = (kernel instanceof Float64Array ? new Float64Array(size) : new Float32Array(size)) as Values;
  for (let start = 0; start < units; start += layout.width) {
    const stride = panelStride(layout, units, start);
    const end = Math.min(start + layout.width, units);
    for (let k = 0; k < inputs; k++) {
      const at = start * inputs + k * stride - start;
      for (let unit = start; unit < end; unit++) packed[at + unit] = kernel[k * units + unit] as number;
    }
  }
  return packed;
}
