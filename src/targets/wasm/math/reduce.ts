/**
 * Numbers of the range reductions. A logarithm is split in two: the high part has 16 bits, so that its product with an
 * integer of 8 bits is exact, with and without fused multiply-add.
 */
export const log2e = Math.LOG2E;
export const ln2High = Math.round(Math.LN2 * 2 ** 16) / 2 ** 16;
export const ln2Low = Math.LN2 - ln2High;

/**
 * Added to a number of small magnitude it leaves, in the lowest bits of the sum, the nearest integer plus 127; shifted by
 * 23 bits that is the float32 `2 ** integer`. Subtracted again it gives the integer as a number.
 */
export const roundToExponent = 1.5 * 2 ** 23 + 127;

/** How far the exponent of a float32 is shifted. */
export const exponentShift = "23";
