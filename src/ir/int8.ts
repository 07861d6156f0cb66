/** The largest magnitude of a kernel's integers. */
const largestInteger = 127;

/** The largest integer that an input becomes: seven bits, so that two products of bytes fit into 16 bits. */
export const largestInput = 127;

/** A row whose numbers span no more than this counts as zeros: float32 has no reciprocal of much smaller ranges. */
export const leastRange = 2 ** -100;

/** Inputs whose products with a unit's weights are added up at once: a kernel has rows of zeros up to a multiple of it. */
export const inputsTogether = 4;

/** Most inputs of a layer whose sums fit into 32 bits. */
export const mostInputs = Math.floor((2 ** 31 - 1) / (largestInteger * largestInput));

/** A kernel `[inputs, units]` as `integers[k, n] * scales[n]`. */
export interface Int8Kernel {
  /** `[inputs, units]`, and rows of zeros up to a multiple of 4: whole numbers from -127 to 127. */
  readonly integers: Float32Array;
  /** `[units]` */
  readonly scales: Float32Array;
  /** `[units]`: of each unit's integers. */
  readonly sums: Float32Array;
}

/** Inputs with those that a kernel is filled up with. */
export function paddedInputs(inputs: number): number {
  return Math.ceil(inputs / inputsTogether) * inputsTogether;
}

/**
 * A kernel as int8, one scale a unit, so that the largest weight becomes 127 or -127. Of a kernel that is made of such integers and
 * scales again, the same come out: scales have 16 significant bits, so that float32 holds their products with integers exactly.
 */
export function quantizeKernel(kernel: Float32Array | Float64Array, inputs: number, units: number): Int8Kernel {
  const scales = new Float32Array(units);
  kernel.forEach((weight, at) => {
    scales[at % units] = Math.max(scales[at % units] as number, Math.abs(weight));
  });
  const integers = new Float32Array(paddedInputs(inputs) * units);
  const sums = new Float32Array(units);
  const bits = new Uint32Array(scales.buffer);
  for (let unit = 0; unit < units; unit++) {
    scales[unit] = (scales[unit] as number) / largestInteger;
    bits[unit] = (((bits[unit] as number) + 0xff) & ~0xff) >>> 0;
    const scale = scales[unit] as number;
    for (let at = unit; at < kernel.length; at += units) {
      // Of zeros alone the scale is 0.
      const integer = scale === 0 ? 0 : Math.round((kernel[at] as number) / scale);
      integers[at] = integer;
      sums[unit] = (sums[unit] as number) + integer;
    }
  }
  return { integers, scales, sums };
}

/** Units of a row that is packed. */
const packedUnits = 8;
/** Numbers that become words together: 4 inputs of 8 units. */
const packedBlock = inputsTogether * packedUnits;

/**
 * Integers as bytes, four in a word, the first one in the lowest bits: of each block of 4 rows of 8, word `n` has column `n`. So a word
 * of a panel of 8 units holds what four inputs are multiplied by for one unit. Zeros fill the last block.
 */
export function packInt8(integers: Float32Array | Float64Array): Uint32Array {
  const words = new Uint32Array((Math.ceil(integers.length / packedBlock) * packedBlock) / inputsTogether);
  integers.forEach((integer, at) => {
    const inBlock = at % packedBlock;
    const word = (at - inBlock) / inputsTogether + (inBlock % packedUnits);
    words[word] = ((words[word] as number) | ((integer & 0xff) << (8 * Math.floor(inBlock / packedUnits)))) >>> 0;
  });
  return words;
}
