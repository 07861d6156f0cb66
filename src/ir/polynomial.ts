import { add, constant, mul, type Scalar } from "./scalar.ts";

/** `variable`, its square, the square of that, ...: what `polynomial` needs for up to `2^count` coefficients. */
export function squares(variable: Scalar, count: number): readonly Scalar[] {
  const powers = [variable];
  for (let last = variable; powers.length < count; powers.push(last)) last = mul(last, last);
  return powers;
}

/**
 * A polynomial by Estrin's scheme, `(c0 + c1 * x) + x^2 * (c2 + c3 * x)`: its parts don't wait for one another, as those of
 * Horner's do. `coefficients` start with the constant term and are not empty.
 */
export function polynomial(coefficients: readonly number[], powers: readonly Scalar[]): Scalar {
  return combine(coefficients.map(constant), powers);
}

function combine(terms: readonly Scalar[], [power, ...higher]: readonly Scalar[]): Scalar {
  const [first] = terms;
  if (first === undefined) throw new Error("a polynomial without coefficients");
  if (terms.length === 1) return first;
  if (power === undefined) throw new Error(`a power is missing for ${terms.length} terms`);
  const pairs: Scalar[] = [];
  for (let at = 0; at < terms.length; at += 2) {
    const [low, high] = [terms[at] as Scalar, terms[at + 1]];
    pairs.push(high === undefined ? low : add(low, high.kind === "const" ? mul(high, power) : mul(power, high)));
  }
  return combine(pairs, higher);
}
