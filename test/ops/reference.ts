/** Plain tensors for references: row-major values with a shape. Slow and obvious. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export type Place = readonly number[];

export const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** A tensor from a function of the place. */
export function build(shape: readonly number[], value: (place: Place) => number): Tensor {
  return { shape, data: Array.from({ length: size(shape) }, (_, at) => value(placeOf(at, shape))) };
}

export function at(tensor: Tensor, place: Place): number {
  return tensor.data[
    tensor.shape.reduce((index, extent, axis) => index * extent + (place[axis] as number), 0)
  ] as number;
}

function placeOf(index: number, shape: readonly number[]): Place {
  const place: number[] = [];
  let rest = index;
  for (const extent of [...shape].reverse()) {
    place.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return place;
}

/** All elements whose place agrees with `place` but for the axes. */
export function along(tensor: Tensor, place: Place, axes: readonly number[]): readonly number[] {
  return tensor.data.filter((_, index) =>
    placeOf(index, tensor.shape).every((step, axis) => axes.includes(axis) || step === place[axis]),
  );
}

/** The element of a weight that has only some axes. */
export function weightAt(weight: Tensor, place: Place, axes: readonly number[]): number {
  return at(
    weight,
    axes.map((axis) => place[axis] as number),
  );
}

export const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
export const variance = (list: readonly number[]): number => mean(list.map((value) => (value - mean(list)) ** 2));

/** Keras' sparsemax, from its source: sorted, with the sum of the cumulative sums of the support. */
export function sparsemax(list: readonly number[]): readonly number[] {
  const sorted = [...list].sort((a, b) => b - a);
  let sum = 0;
  const cumulative = sorted.map((value) => (sum += value));
  const support = sorted.map((value, r) => value - ((cumulative[r] as number) - 1) / (r + 1) > 0);
  const k = support.filter(Boolean).length;
  const tau = (cumulative.filter((_, r) => support[r]).reduce((a, b) => a + b, 0) - 1) / k;
  return list.map((value) => Math.max(value - tau, 0));
}
