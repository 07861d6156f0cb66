/**
 * Real numbers as integers times 2^-1024, with the elementary functions by their series. Slow, and exact far beyond any
 * float: an independent reference for the generated functions.
 */
export type Exact = bigint;

const bits = 1024n;
export const one: Exact = 1n << bits;

/** A float64, exactly (its lowest bit is above 2^-1024 for every float32 and every number used here). */
export function exact(value: number): Exact {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const raw = view.getBigUint64(0);
  const exponent = (raw >> 52n) & 0x7ffn;
  const fraction = raw & 0xfffffffffffffn;
  const mantissa = exponent === 0n ? fraction : fraction | (1n << 52n);
  const shift = (exponent === 0n ? 1n : exponent) - 1075n + bits;
  const magnitude = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return value < 0 ? -magnitude : magnitude;
}

export const times = (a: Exact, b: Exact): Exact => (a * b) >> bits;
export const over = (a: Exact, b: Exact): Exact => (a << bits) / b;
export const absolute = (a: Exact): Exact => (a < 0n ? -a : a);
export const least = (a: Exact, b: Exact): Exact => (a < b ? a : b);
export const most = (a: Exact, b: Exact): Exact => (a > b ? a : b);

/** Beyond this an exponential is above every float32, and its inverse below the last bit that counts. */
const far = exact(300);

export function exponential(x: Exact): Exact {
  if (x < 0n) return over(one, exponential(-x));
  if (x > far) return exponential(far);
  const halvings = 20n;
  const reduced = x >> halvings;
  let sum = one;
  let term = one;
  for (let n = 1n; term !== 0n; n++) {
    term = times(term, reduced) / n;
    sum += term;
  }
  for (let n = 0n; n < halvings; n++) sum = times(sum, sum);
  return sum;
}

/** By Halley's iteration on the exponential, from a float64. For values from 1 to exp(300). */
export function logarithm(y: Exact): Exact {
  let z = exact(Math.log(Number(y >> (bits - 64n)) / 2 ** 64));
  for (let round = 0; round < 5; round++) {
    const power = exponential(z);
    z += over(2n * (y - power), y + power);
  }
  return z;
}

export function squareRoot(y: Exact): Exact {
  if (y === 0n) return 0n;
  const scaled = y << bits;
  let root = 1n << BigInt(Math.ceil(scaled.toString(2).length / 2));
  for (;;) {
    const next = (root + scaled / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

export function hyperbolicTangent(x: Exact): Exact {
  if (absolute(x) > far) return x < 0n ? -one : one;
  const square = exponential(2n * x);
  return over(square - one, square + one);
}

/** `1 - 2 / sqrt(pi) * exp(-z^2) * sum(2^n z^(2n+1) / (1 * 3 * ... * (2n+1)))` */
export function errorFunctionComplement(z: Exact): Exact {
  const limit = exact(16);
  if (z > limit) return 0n;
  if (z < -limit) return 2n * one;
  const square = times(z, z);
  let sum = z;
  let term = z;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = (2n * times(term, square)) / (2n * n + 1n);
    sum += term;
  }
  return one - over(2n * times(exponential(-square), sum), squareRoot(pi));
}

function inverseTangentOfInverse(n: bigint): Exact {
  let power = one / n;
  let sum = power;
  for (let k = 3n, sign = -1n; power !== 0n; k += 2n, sign = -sign) {
    power /= n * n;
    sum += (sign * power) / k;
  }
  return sum;
}

/** Machin's formula. */
export const pi: Exact = 16n * inverseTangentOfInverse(5n) - 4n * inverseTangentOfInverse(239n);

/** How far a float32 is from a real number, in units of the last place of a float32 there; 0 for a right infinity. */
export function float32Error(found: number, value: Exact): number {
  const magnitude = absolute(value);
  const exponent = BigInt(magnitude.toString(2).length) - 1n - bits;
  const place = (exponent < -126n ? -126n : exponent) - 23n;
  const unit = 1n << (bits + place);
  if (magnitude >= (1n << (bits + 128n)) - (1n << (bits + 103n))) {
    return Object.is(found, value < 0n ? -Infinity : Infinity) ? 0 : Infinity;
  }
  if (!Number.isFinite(found)) return Infinity;
  return Number((absolute(exact(found) - value) * 1_000_000n) / unit) / 1e6;
}
