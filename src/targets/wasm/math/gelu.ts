import { get, op, set } from "../wat.ts";
import { expCoefficients } from "./exp.ts";
import { horner } from "./horner.ts";
import { exponentShift, ln2High, ln2Low, log2e, roundToExponent } from "./reduce.ts";
import type { MathFunction } from "./vector-function.ts";

/**
 * `x * Phi(x)`, `Phi` the standard normal distribution function, as `max(x, 0) - y * Phi(-y)`, `y = |x|`, with
 * `Phi(-y) = exp(-y^2 / 2) * P(y) / Q(y)`. The square in the exponent is taken exactly, as the square of the upper half of y's
 * digits and the rest, so the left tail keeps its relative precision. NaN stays NaN and comes from minus infinity, as in
 * Keras; both zeros give 0.
 */
export const gelu: MathFunction = {
  name: "gelu",
  locals: ["y", "high", "square", "t", "n", "r"],
  maxUlp: 8.59,
  body: (math) => [
    // From 14.5 on the tail is 0. The operands' order matters: it keeps NaN.
    set("y", op("f32x4.pmin", op("f32x4.abs", get("x")), math.constant(14.5))),
    set("high", op("v128.and", get("y"), math.bits(0xfffff000))),
    set("square", op("f32x4.mul", get("high"), get("high"))),
    // exp(-r / 2) * 2^t * 2^t: as in `exp`, with r = -2 * its r.
    set("t", math.multiplyAdd(get("square"), math.constant(-log2e / 4), math.constant(roundToExponent))),
    set("n", op("f32x4.sub", get("t"), math.constant(roundToExponent))),
    set("t", op("i32x4.shl", get("t"), op("i32.const", exponentShift))),
    set("r", math.multiplyAdd(get("n"), math.constant(4 * ln2High), get("square"))),
    set("r", math.multiplyAdd(get("n"), math.constant(4 * ln2Low), get("r"))),
    set(
      "r",
      math.multiplyAdd(op("f32x4.sub", get("y"), get("high")), op("f32x4.add", get("y"), get("high")), get("r")),
    ),
    set(
      "r",
      op(
        "f32x4.div",
        op(
          "f32x4.mul",
          op("f32x4.mul", horner(math, get("r"), expOfMinusHalf), get("y")),
          horner(math, get("y"), minusNumerator),
        ),
        horner(math, get("y"), denominator),
      ),
    ),
    // max(x, 0) is written as (x + |x|) / 2, which is NaN at minus infinity.
    math.multiplyAdd(
      op("f32x4.mul", get("r"), get("t")),
      get("t"),
      op(
        "f32x4.add",
        op("f32x4.mul", get("x"), math.constant(0.5)),
        op("f32x4.mul", op("f32x4.abs", get("x")), math.constant(0.5)),
      ),
    ),
  ],
};

const expOfMinusHalf = [1, 1, ...expCoefficients].map((coefficient, power) => coefficient * (-0.5) ** power);

/** Both polynomials are scaled alike, so that little is lost when their coefficients are rounded to float32. */
const minusNumerator: readonly number[] = [
  -0.6146141886711121, -0.5387642979621887, -0.22523756325244904, -0.04994741082191467, -0.005059864372014999,
];

const denominator: readonly number[] = [
  1.2292283773422241, 2.0583114624023438, 1.4781500101089478, 0.5770859122276306, 0.12520751357078552,
  0.012683051638305187,
];
