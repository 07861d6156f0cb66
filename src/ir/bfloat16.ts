/**
 * The 16 bits of the bfloat16 number nearest to a float32 one (1 bit for the sign, 8 for the exponent, 7 for the
 * fraction: its upper half, rounded). Ties go to the even one. NaN and infinity stay what they are, and what is nearer
 * to 2^128 than to the largest bfloat16 number, 3.39e38, becomes infinity. A float64 number is rounded to float32 first.
 */
export function bfloat16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0;
  float[0] = value;
  const bits = word[0] as number;
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** The bfloat16 numbers nearest to others, as float32. */
export function roundToBfloat16(values: Float32Array | Float64Array): Float32Array {
  const bits = new Uint32Array(values.length);
  values.forEach((value, at) => (bits[at] = bfloat16Bits(value) << 16));
  return new Float32Array(bits.buffer);
}

/** Numbers that are packed together. */
const packedRow = 8;

/**
 * Numbers as bfloat16, two in a word: of each row of 8, number `i` has the low half of word `i` and number `i + 4` the
 * high one, so that a vector of four words gives two vectors of four numbers in order. Zeros fill the last row.
 */
export function packBfloat16(values: Float32Array | Float64Array): Uint32Array {
  const words = new Uint32Array((Math.ceil(values.length / packedRow) * packedRow) / 2);
  values.forEach((value, at) => {
    const column = at % packedRow;
    const place = (at - column) / 2 + (column % 4);
    words[place] = (words[place] as number) | (bfloat16Bits(value) << (column < 4 ? 0 : 16));
  });
  return words;
}
