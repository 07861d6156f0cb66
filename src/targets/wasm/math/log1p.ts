import { get, op, set } from "../wat.ts";
import { logSeries, octaveStart, oneBits, signAndExponent } from "./log-series.ts";
import { exponentShift, ln2High, ln2Low } from "./reduce.ts";
import type { MathFunction } from "./vector-function.ts";

/**
 * `log(1 + x) = k * ln 2 + log(1 + f)`. Only `k` comes from the rounded `1 + x`; `f = 2^-k * x - (1 - 2^-k)` is rounded at most
 * once, and is `x` itself near zero. -0 stays -0, -1 gives minus infinity, less than it NaN, infinity stays infinity.
 */
export const log1p: MathFunction = {
  name: "log1p",
  locals: ["k", "scale", "f", "y"],
  maxUlp: 1.5,
  body: (math) => [
    // -k, so that it is 0 and no term changes the sign of -0.
    set("k", op("i32x4.sub", math.bits(octaveStart + 0x7fffff), op("f32x4.add", get("x"), math.constant(1)))),
    set("scale", op("v128.and", get("k"), math.bits(signAndExponent))),
    // 2^-k multiplies by way of the exponent: for k = 128 it is no float32, and for itself 0 is close enough.
    set(
      "f",
      op(
        "f32x4.sub",
        op("i32x4.add", get("x"), get("scale")),
        op(
          "f32x4.sub",
          math.constant(1),
          op("i32x4.max_s", op("i32x4.add", get("scale"), math.bits(oneBits)), math.bits(0)),
        ),
      ),
    ),
    set("k", op("f32x4.convert_i32x4_s", op("i32x4.shr_s", get("k"), op("i32.const", exponentShift)))),
    set(
      "y",
      op(
        "f32x4.add",
        op("f32x4.mul", op("f32x4.mul", get("f"), get("f")), logSeries(math, get("f"))),
        op("f32x4.mul", get("k"), math.constant(ln2Low)),
      ),
    ),
    set("y", math.multiplyAdd(get("k"), math.constant(-ln2High), op("f32x4.sub", get("f"), get("y")))),
    set("y", op("v128.bitselect", get("y"), get("x"), op("f32x4.lt", get("x"), math.constant(Infinity)))),
    set("y", op("v128.bitselect", math.constant(-Infinity), get("y"), op("f32x4.eq", get("x"), math.constant(-1)))),
    // All bits set is NaN.
    op("v128.or", get("y"), op("f32x4.lt", get("x"), math.constant(-1))),
  ],
};
