/** An array of float64 values, row-major, for references that share nothing with the compiler. */
export interface Nd {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function size(shape: readonly number[]): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

/** The array that a function of the index gives. */
export function make(shape: readonly number[], value: (index: readonly number[]) => number): Nd {
  const data = Float64Array.from({ length: size(shape) }, (_, flat) => value(indexOf(flat, shape)));
  return { shape, data };
}

export function indexOf(flat: number, shape: readonly number[]): readonly number[] {
  const index: number[] = [];
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = rest % (shape[axis] as number);
    rest = Math.floor(rest / (shape[axis] as number));
  }
  return index;
}

export function at({ shape, data }: Nd, index: readonly number[]): number {
  return data[index.reduce((flat, position, axis) => flat * (shape[axis] as number) + position, 0)] as number;
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
  const groups = new Map<string, number[]>();
  array.data.forEach((_, flat) => {
    const key = indexOf(flat, array.shape)
      .filter((__, axis) => !axes.includes(axis))
      .join();
    groups.set(key, [...(groups.get(key) ?? []), flat]);
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
