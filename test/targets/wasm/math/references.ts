import { complementaryError } from "../../reference.ts";

/** What the vector functions are compared with, in float64. */
export const references: Readonly<Record<string, (x: number) => number>> = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  tanh: Math.tanh,
  gelu(x) {
    // Two terms of the series, then the limits: the reference is slow, and most float32 numbers are tiny or huge.
    if (Math.abs(x) < 2 ** -20) return 0.5 * x * (1 + Math.sqrt(2 / Math.PI) * x);
    if (x > 15) return x;
    if (x < -15) return x === -Infinity ? NaN : -0;
    return 0.5 * x * complementaryError(-x * Math.SQRT1_2);
  },
};
