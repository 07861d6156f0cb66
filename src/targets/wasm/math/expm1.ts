import { get, op, set } from "../wat.ts";
import { horner } from "./horner.ts";
import { exponentShift, ln2High, ln2Low, log2e, roundToExponent } from "./reduce.ts";
import type { MathFunction } from "./vector-function.ts";

/**
 * `exp(x) - 1 = 2^n * expm1(r) + (2^n - 1)`, `n` the integer nearest to `x / ln 2`, at most 127: beyond it `r` grows, and the
 * result overflows to infinity where it should. Tiny arguments are their own results; -0 stays -0, NaN stays NaN.
 */
export const expm1: MathFunction = {
  name: "expm1",
  locals: ["y", "t", "n", "r"],
  maxUlp: 1.56,
  body: (math) => [
    // From -18 on the result is -1. The operands' order matters: it keeps an `x` of NaN.
    set("y", op("f32x4.pmax", get("x"), math.constant(-18))),
    set(
      "t",
      op(
        "f32x4.pmin",
        math.multiplyAdd(get("y"), math.constant(log2e), math.constant(roundToExponent)),
        math.constant(roundToExponent + 127),
      ),
    ),
    set("n", op("f32x4.sub", get("t"), math.constant(roundToExponent))),
    set("t", op("i32x4.shl", get("t"), op("i32.const", exponentShift))),
    set("r", math.multiplyAdd(get("n"), math.constant(-ln2High), get("y"))),
    set("r", math.multiplyAdd(get("n"), math.constant(-ln2Low), get("r"))),
    set("r", math.multiplyAdd(op("f32x4.mul", get("r"), get("r")), horner(math, get("r"), coefficients), get("r"))),
    set("r", math.multiplyAdd(get("r"), get("t"), op("f32x4.sub", get("t"), math.constant(1)))),
    // The sign of x, for -0.
    op("v128.or", get("r"), op("v128.and", get("x"), math.bits(0x80000000))),
  ],
};

/** `(exp(r) - 1 - r) / r^2` for `-ln 2 / 2 <= r <= ln 2`; the upper half is for `n = 127`. */
const coefficients: readonly number[] = [
  0.4999999701976776, 0.1666669398546219, 0.041667740792036057, 0.008327454328536987, 0.0013847732916474342,
  0.00023091238108463585,
];
