/** A recorded array, the axis of the samples first. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Labels as rows with a 1 along an axis of the predictions. */
export function oneHot(labels: Numbers, { shape }: Numbers, axis: number): readonly number[] {
  const at = axis < 0 ? axis + shape.length : axis;
  const classes = shape[at]!;
  const inner = shape.slice(at + 1).reduce((product, size) => product * size, 1);
  return Array.from({ length: labels.data.length * classes }, (_, flat) => {
    const place = Math.floor(flat / (classes * inner)) * inner + (flat % inner);
    return labels.data[place] === Math.floor(flat / inner) % classes ? 1 : 0;
  });
}
