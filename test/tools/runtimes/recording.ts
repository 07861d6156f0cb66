/** The outputs of a model bit by bit. A batch repeats its samples, so that most rows are there once. */
export interface Recording {
  /** Outputs of a sample that differ, as the bits of their float32 numbers. */
  readonly rows: (readonly number[])[];
  /** Which of them came out, for every sample in the order of the calls. */
  readonly order: number[];
}

/** Notes the outputs of any number of samples. */
export function record({ rows, order }: Recording, outputs: Float32Array, outputLength: number): void {
  const bits = new Uint32Array(outputs.buffer, outputs.byteOffset, outputs.length);
  for (let at = 0; at < bits.length; at += outputLength) {
    const same = rows.findIndex(
      (row) => row.length === outputLength && row.every((value, place) => value === bits[at + place]),
    );
    order.push(same < 0 ? rows.push([...bits.subarray(at, at + outputLength)]) - 1 : same);
  }
}
