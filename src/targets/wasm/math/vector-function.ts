import type { Wat } from "../wat.ts";

/** What the body of a vector function is written with; one of each for the two instruction sets. */
export interface VectorMath {
  /** `a * b + c` in four lanes: rounded once with relaxed SIMD, twice with plain SIMD. */
  multiplyAdd(a: Wat, b: Wat, c: Wat): Wat;
  /** Four times a number, rounded to float32; read from the module's table of constants. */
  constant(value: number): Wat;
  /** Four times 32 bits, for masks and exponents. */
  bits(value: number): Wat;
  /** Another vector function of one argument, by its name. */
  call(name: string, operand: Wat): Wat;
}

/** A function of four float32 numbers at once: `(func $name (param $x v128) (result v128) ...)`. */
export interface VectorFunction {
  /** `exp` */
  readonly name: string;
  /** v128 locals of the body, beside the argument `x`. */
  readonly locals: readonly string[];
  /** Statements; the last one leaves the result. They may assign `x`, and assign every local before they read it. */
  body(math: VectorMath): readonly Wat[];
}

/** One that computes a mathematical function, lane by lane. */
export interface MathFunction extends VectorFunction {
  /**
   * The largest error for any float32 argument, in units in the last place of the float32 result, over both instruction
   * sets. Subnormal results and how NaN, infinities and -0 are treated are said in the doc comment.
   */
  readonly maxUlp: number;
}
