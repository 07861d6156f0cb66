import type { Wat } from "../wat.ts";
import type { VectorMath } from "./vector-function.ts";

/** A polynomial by Horner's scheme; `coefficients` start with the constant term and are not empty. */
export function horner(math: VectorMath, variable: Wat, coefficients: readonly number[]): Wat {
  const highest = coefficients.at(-1);
  if (highest === undefined) throw new Error("a polynomial without coefficients");
  return coefficients
    .slice(0, -1)
    .reduceRight<Wat>((sum, value) => math.multiplyAdd(sum, variable, math.constant(value)), math.constant(highest));
}
