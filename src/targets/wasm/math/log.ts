import { get, op, set } from "../wat.ts";
import { logSeries, octaveStart, signAndExponent } from "./log-series.ts";
import { exponentShift, ln2High, ln2Low } from "./reduce.ts";
import type { MathFunction } from "./vector-function.ts";

/**
 * `log(x) = k * ln 2 + log(1 + f)`, `x = 2^k * (1 + f)` with `1 + f` from sqrt(1/2) to sqrt(2); subnormal arguments are scaled
 * first. Minus infinity at both zeros, NaN below them, infinity at infinity.
 */
export const log: MathFunction = {
  name: "log",
  locals: ["y", "small", "k", "f"],
  maxUlp: 1,
  body: (math) => [
    set("small", op("f32x4.lt", get("x"), math.constant(2 ** -126))),
    set("y", op("v128.bitselect", op("f32x4.mul", get("x"), math.constant(2 ** 23)), get("x"), get("small"))),
    set("k", op("i32x4.sub", get("y"), math.bits(octaveStart))),
    set(
      "f",
      op(
        "f32x4.sub",
        op("i32x4.sub", get("y"), op("v128.and", get("k"), math.bits(signAndExponent))),
        math.constant(1),
      ),
    ),
    set(
      "k",
      op(
        "f32x4.sub",
        op("f32x4.convert_i32x4_s", op("i32x4.shr_s", get("k"), op("i32.const", exponentShift))),
        op("v128.and", get("small"), math.constant(23)),
      ),
    ),
    // The largest term is added last.
    set(
      "y",
      op(
        "f32x4.sub",
        op("f32x4.mul", op("f32x4.mul", get("f"), get("f")), logSeries(math, get("f"))),
        op("f32x4.mul", get("k"), math.constant(ln2Low)),
      ),
    ),
    set("y", math.multiplyAdd(get("k"), math.constant(ln2High), op("f32x4.sub", get("f"), get("y")))),
    set("y", op("v128.bitselect", get("y"), get("x"), op("f32x4.lt", get("x"), math.constant(Infinity)))),
    set("y", op("v128.bitselect", math.constant(-Infinity), get("y"), op("f32x4.eq", get("x"), math.constant(0)))),
    // All bits set is NaN.
    op("v128.or", get("y"), op("f32x4.lt", get("x"), math.constant(0))),
  ],
};
