import type { DenseStack, StackLayer } from "./dense-stack.ts";

/**
 * The outputs of relu and linear layers for some samples, computed in integers as `numerics.md` states it, without anything of the
 * compiler: the bits that every target is to give. Layers that `isQuantized` leaves out are computed in float64.
 */
export function int8Outputs(
  { layers }: DenseStack,
  inputs: ArrayLike<number>,
  isQuantized: (at: number) => boolean = () => true,
): Float32Array {
  let values = Float32Array.from(inputs);
  layers.forEach((layer, at) => {
    const rows = Array.from({ length: values.length / layer.inputs }, (_, row) =>
      values.subarray(row * layer.inputs, (row + 1) * layer.inputs),
    );
    const outputs = rows.flatMap((row) => (isQuantized(at) ? quantizedRow(layer, row) : plainRow(layer, row)));
    values = Float32Array.from(outputs);
  });
  return values;
}

const f = Math.fround;

function quantizedRow({ units, kernel, bias, activation }: StackLayer, row: Float32Array): readonly number[] {
  const high = row.reduce((most, x) => Math.max(most, x), 0);
  const low = row.reduce((least, x) => Math.min(least, x), 0);
  const range = f(high - low);
  const isFinite = Number.isFinite(range);
  const inverse = range > 2 ** -100 ? f(127 / range) : 0;
  const zero = -roundEven(f(low * inverse));
  const scale = isFinite ? f(range / 127) : NaN;
  const bytes = Array.from(row, (x) => Math.min(127, Math.max(0, roundEven(f(x * inverse)) + zero)));
  return Array.from({ length: units }, (_, unit) => {
    const weights = bytes.map((_byte, k) => kernel[k * units + unit] as number);
    const weightScale = scaleOf(Math.max(...weights.map(Math.abs)));
    const integers = weights.map((weight) => (weight === 0 ? 0 : Math.round(weight / weightScale)));
    const sum = integers.reduce((total, weight, k) => total + weight * ((bytes[k] as number) - zero), 0);
    const product = f(f(sum) * f(scale * weightScale));
    const value = f(product + (bias[unit] as number));
    return activation === "relu" ? Math.max(value, 0) : value;
  });
}

function plainRow({ units, kernel, bias, activation }: StackLayer, row: Float32Array): readonly number[] {
  return Array.from({ length: units }, (_, unit) => {
    const sum = row.reduce((total, x, k) => total + x * (kernel[k * units + unit] as number), bias[unit] as number);
    return activation === "relu" ? Math.max(sum, 0) : sum;
  });
}

/** A 127th of the largest magnitude, its fraction rounded up to 15 bits behind the first one. */
export function scaleOf(largest: number): number {
  const scale = f(largest / 127);
  if (scale === 0) return 0;
  const step = 2 ** (Math.max(-126, Math.floor(Math.log2(scale))) - 15);
  return Math.ceil(scale / step) * step;
}

/** To the nearest whole number; ties go to the even one. */
function roundEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
