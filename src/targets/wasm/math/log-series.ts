import type { Wat } from "../wat.ts";
import { horner } from "./horner.ts";
import type { VectorMath } from "./vector-function.ts";

/** `(f - log(1 + f)) / f^2` for `sqrt(1/2) - 1 <= f <= sqrt(2) - 1`. */
export function logSeries(math: VectorMath, f: Wat): Wat {
  return horner(math, f, coefficients);
}

const coefficients: readonly number[] = [
  0.49999988079071045, -0.33333319425582886, 0.2500162124633789, -0.2000243365764618, 0.16608087718486786,
  -0.141720250248909, 0.13247299194335938, -0.12960562109947205, 0.07651704549789429,
];

/** The bits of the float32 nearest to sqrt(1/2): where one octave of reduced arguments starts. */
export const octaveStart = 0x3f3504f3;
export const signAndExponent = 0xff800000;
export const oneBits = 0x3f800000;
