import { get, op, set } from "../wat.ts";
import { horner } from "./horner.ts";
import { exponentShift, ln2High, ln2Low, log2e, roundToExponent } from "./reduce.ts";
import type { MathFunction } from "./vector-function.ts";

/**
 * `exp(x) = exp(r) * 2^h * 2^h`, `h` the integer nearest to `x / (2 ln 2)`. The halves of the exponent stay within float32
 * for every `x`, so the products overflow to infinity and become subnormal, or 0, as the result does, with one rounding.
 * NaN stays NaN.
 */
export const exp: MathFunction = {
  name: "exp",
  locals: ["t", "n", "r"],
  maxUlp: 1.53,
  body: (math) => [
    // The operands' order matters: these keep an `x` of NaN.
    set("x", op("f32x4.pmax", op("f32x4.pmin", get("x"), math.constant(89)), math.constant(-104))),
    set("t", math.multiplyAdd(get("x"), math.constant(log2e / 2), math.constant(roundToExponent))),
    set("n", op("f32x4.sub", get("t"), math.constant(roundToExponent))),
    set("t", op("i32x4.shl", get("t"), op("i32.const", exponentShift))),
    set("r", math.multiplyAdd(get("n"), math.constant(-2 * ln2High), get("x"))),
    set("r", math.multiplyAdd(get("n"), math.constant(-2 * ln2Low), get("r"))),
    set("r", math.multiplyAdd(op("f32x4.mul", get("r"), get("r")), horner(math, get("r"), expCoefficients), get("r"))),
    set("r", op("f32x4.add", get("r"), math.constant(1))),
    op("f32x4.mul", op("f32x4.mul", get("r"), get("t")), get("t")),
  ],
};

/**
 * `(exp(r) - 1 - r) / r^2` for `|r| <= ln 2`. The fit weighs errors by the unit in the last place of `exp(r)`, and those at
 * the ends more, where the rounding of `r` adds to them.
 */
export const expCoefficients: readonly number[] = [
  0.500000536441803, 0.1666666567325592, 0.041659992188215256, 0.008332881145179272, 0.0014123446308076382,
  0.00020071782637387514,
];
