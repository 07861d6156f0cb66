const view = new DataView(new ArrayBuffer(8));

/**
 * How far a float32 is from a real number, in units in the last place of a float32 of that size (of the smallest ones for
 * subnormals). 0 where both are NaN, or both the same infinity or zero; a number beyond all float32 may be either their
 * largest or infinity.
 */
export function ulpError(found: number, exact: number): number {
  if (Number.isNaN(exact) || Number.isNaN(found)) return Number.isNaN(exact) && Number.isNaN(found) ? 0 : Infinity;
  if (found === exact) return 0;
  if (exact === 0) return Math.abs(found) / 2 ** -149;
  const unit = unitOf(exact);
  const limited = Math.abs(exact) >= 2 ** 128 ? Math.sign(exact) * 2 ** 128 : exact;
  const finite = Math.abs(found) === Infinity ? Math.sign(found) * 2 ** 128 : found;
  return Math.abs(finite - limited) / unit;
}

/** A unit in the last place of the float32 numbers around a float64. */
function unitOf(exact: number): number {
  view.setFloat64(0, exact);
  const exponent = ((view.getUint32(0) >>> 20) & 0x7ff) - 1023;
  return 2 ** (Math.min(Math.max(exponent, -126), 127) - 23);
}
