import { get, op, set } from "../wat.ts";
import { horner } from "./horner.ts";
import { exponentShift, log2e, roundToExponent } from "./reduce.ts";
import type { MathFunction } from "./vector-function.ts";

/**
 * `d / (1 - d)` with `d = (1 - exp(-2 |x|)) / 2`, and the sign of `x`. With `2 |x| = n ln 2 + 2 r` it is
 * `d = 2^-n * (1 - exp(-2 r)) / 2 + (1 - 2^-n) / 2`, where nothing cancels. The result never exceeds 1, tiny arguments are
 * their own results, -0 stays -0 and NaN stays NaN.
 */
export const tanh: MathFunction = {
  name: "tanh",
  locals: ["y", "t", "n", "r"],
  maxUlp: 2.51,
  body: (math) => [
    // From 9.011 on the result is 1. The operands' order matters: it keeps an `x` of NaN.
    set("y", op("f32x4.pmin", op("f32x4.abs", get("x")), math.constant(10))),
    set("t", math.multiplyAdd(get("y"), math.constant(-2 * log2e), math.constant(roundToExponent))),
    set("n", op("f32x4.sub", get("t"), math.constant(roundToExponent))),
    set("t", op("i32x4.shl", get("t"), op("i32.const", exponentShift))),
    // ln(2) / 2 in one float32 will do: its error is multiplied by n * 2^-n.
    set("r", math.multiplyAdd(get("n"), math.constant(Math.LN2 / 2), get("y"))),
    set("r", math.multiplyAdd(op("f32x4.mul", get("r"), get("r")), horner(math, get("r"), coefficients), get("r"))),
    set("r", math.multiplyAdd(get("r"), get("t"), math.multiplyAdd(get("t"), math.constant(-0.5), math.constant(0.5)))),
    op(
      "v128.or",
      op("f32x4.div", get("r"), op("f32x4.sub", math.constant(1), get("r"))),
      op("v128.and", get("x"), math.bits(0x80000000)),
    ),
  ],
};

/** `((1 - exp(-2 r)) / 2 - r) / r^2` for `|r| <= ln(2) / 4`. */
const coefficients = [
  0.4999999701976776, 0.16666539013385773, 0.04166774824261665, 0.008367087692022324, 0.0013837860897183418,
].map((coefficient, power) => -2 * coefficient * (-2) ** power);
