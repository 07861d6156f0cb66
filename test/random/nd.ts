/** An array of float64 values, row-major, for references that share nothing with the compiler. */
export interface Nd {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function size(shape: readonly number[]): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

/** The array that a function of the index gives, which is the same list in every call. */
export function make(shape: readonly number[], value: (index: readonly number[]) => number): Nd {
  const data = new Float64Array(size(shape));
  const index = shape.map(() => 0);
  for (let flat = 0; flat < data.length; flat++) {
    data[flat] = value(index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] as number) + 1;
      index[axis] = next < (shape[axis] as number) ? next : 0;
      if (index[axis] !== 0) break;
    }
  }
  return { shape, data };
}

export function indexOf(flat: number, shape: readonly number[]): readonly number[] {
  // From its first element on: an array that is filled from its end is slow to read.
  const index: number[] = shape.map(() => 0);
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis] as number;
    index[axis] = rest % extent;
    rest = (rest - (rest % extent)) / extent;
  }
  return index;
}

export function at({ shape, data }: Nd, index: readonly number[]): number {
  let flat = 0;
  for (let axis = 0; axis < index.length; axis++) flat = flat * (shape[axis] as number) + (index[axis] as number);
  return data[flat] as number;
}

export function map({ shape, data }: Nd, f: (value: number, flat: number) => number): Nd {
  return { shape, data: data.map(f) };
}

export function reshape(array: Nd, shape: readonly number[]): Nd {
  return { shape, data: array.data };
}

export function permute(array: Nd, axes: readonly number[]): Nd {
  return make(
    axes.map((axis) => array.shape[axis] as number),
    (index) => {
      const source: number[] = [];
      axes.forEach((axis, position) => (source[axis] = index[position] as number));
      return at(array, source);
    },
  );
}

/** Applies a function to every vector along `axes` together; the result of the function has as many values. */
export function alongAxes(array: Nd, axes: readonly number[], f: (values: readonly number[]) => readonly number[]): Nd {
  // A vector is known by the place of its first value.
  const strides = axes.map((axis) => ({ axis, stride: size(array.shape.slice(axis + 1)) }));
  const groups = new Map<number, number[]>();
  array.data.forEach((_, flat) => {
    const index = indexOf(flat, array.shape);
    const key = strides.reduce((place, { axis, stride }) => place - (index[axis] as number) * stride, flat);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [flat]);
    else group.push(flat);
  });
  const data = new Float64Array(array.data.length);
  for (const members of groups.values()) {
    const result = f(members.map((flat) => array.data[flat] as number));
    members.forEach((flat, position) => (data[flat] = result[position] as number));
  }
  return { shape: array.shape, data };
}

/** Reduces one axis, which is gone then. */
export function reduceAxis(array: Nd, axis: number, f: (values: readonly number[]) => number): Nd {
  const shape = array.shape.filter((_, other) => other !== axis);
  return make(shape, (index) =>
    f(
      Array.from({ length: array.shape[axis] as number }, (_, position) =>
        at(array, [...index.slice(0, axis), position, ...index.slice(axis)]),
      ),
    ),
  );
}
