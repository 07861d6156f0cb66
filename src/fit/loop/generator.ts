/** Whole numbers from 0 to before 2^32, evenly distributed. */
export type Generator32 = () => number;

/**
 * A generator of numbers that depend on a seed, a whole number, and a stream, and on nothing else: xoshiro128** (Blackman and
 * Vigna, Scrambled linear pseudorandom number generators, 2021), whose state is made of both by the finalizer of MurmurHash3.
 */
export function createGenerator(seed: number, stream: number): Generator32 {
  let mixed = 0;
  const next = (word: number): number => {
    mixed = finalized((mixed ^ word) + 0x9e3779b9);
    return mixed;
  };
  for (const word of [seed % 2 ** 32, Math.floor(seed / 2 ** 32), stream]) next(word);
  let [a, b, c, d] = [next(1), next(2), next(3), next(4)];
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
}

/** A number from 0 to before `count`, each as likely as the others. */
export function below(count: number, generator: Generator32): number {
  const most = 2 ** 32 - (2 ** 32 % count);
  for (;;) {
    const number = generator();
    if (number < most) return number % count;
  }
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function finalized(word: number): number {
  let mixed = word | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
