/**
 * `length` float32 values from -scale to scale, the same in every runtime: integer arithmetic only (mulberry32), for
 * `Math.sin` and the like differ between engines.
 */
export function numbers(seed: number, length: number, scale: number): Float32Array {
  let state = seed | 0;
  const values = new Float32Array(length);
  for (let at = 0; at < length; at++) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    values[at] = scale * (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1);
  }
  return values;
}
