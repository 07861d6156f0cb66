import type { Binary, Select, Unary, UnaryOperator } from "../ir/arithmetic.ts";
import type { Blocks, Origin, WeightTensor } from "../ir/graph.ts";
import type { Index } from "../ir/index-expression.ts";
import type { DataBuffer } from "../ir/loops.ts";
import type { Float32Operator } from "../ir/scalar.ts";
import type { Size } from "../ir/size.ts";
import type { Precision } from "../ir/storage-types.ts";

/** Numbers in a vector. */
export const lanes = 4;

/**
 * The loop nests of one model on vectors of four float32 numbers, for any number of samples: the run-time dim
 * `samplesDim` multiplies the size of every data buffer. Each value is a vector; a scalar is four times the same number,
 * so that one set of expressions serves both.
 */
export interface VectorProgram {
  readonly dims: readonly string[];
  /** Sizes are those of one sample. */
  readonly input: DataBuffer;
  readonly output: DataBuffer;
  readonly kernels: readonly VectorKernel[];
}

/** One WebAssembly function: what one operation computes for all samples. */
export interface VectorKernel {
  readonly origins: readonly Origin[];
  readonly folded?: readonly Origin[];
  readonly inputs: readonly DataBuffer[];
  readonly output: DataBuffer;
  readonly body: readonly VectorStatement[];
}

export type VectorBuffer = DataBuffer | VectorWeights;

/** A trained array in linear memory. */
export interface VectorWeights {
  readonly kind: "weights";
  readonly weight: WeightTensor;
  readonly layout: VectorLayout;
}

/**
 * `row-major`: as Keras stores it, float32. `panels`: a kernel `[inputs, units]` cut into panels of 8 units; the last one
 * is filled up with zeros to 4 or 8. Element `[k, n]` of the panel that starts at unit `p` lies at
 * `p * inputs + k * panelWidth + (n - p)`.
 */
export type VectorLayout =
  | { readonly kind: "row-major" }
  | { readonly kind: "panels"; readonly precision: "float32" }
  /** The blocks of a kernel that hold anything but 0, as `ir/blocks.ts` packs them, float32 or bfloat16 as in panels. */
  | { readonly kind: "blocks"; readonly precision: Precision; readonly blocks: Blocks }
  /** Two numbers in 32 bits: in a row of 8, unit `i` has the low half of word `i` and unit `i + 4` the high one. */
  | { readonly kind: "panels"; readonly precision: "bfloat16" }
  /** Four bytes in 32 bits: word `n` of a row of 8 has what four inputs are multiplied by for unit `n`. */
  | { readonly kind: "panels"; readonly precision: "int8" };

/** What is done with whole numbers, or bytes, in the bits of vectors. */
export type IntegerOperator =
  /** Float32 numbers to the nearest whole ones, ties to the even. */
  | "nearest"
  /** The larger one of two integers, which may be the bits of float32 numbers: without signs in their order. */
  | "integer-max"
  /** The same of integers without a sign: of the bits of float32 numbers the most negative one, if any is. */
  | "unsigned-max"
  /** Float32 numbers to 32-bit integers; NaN becomes 0. */
  | "to-integers"
  | "to-floats"
  | "integer-add"
  | "integer-sub"
  | "integer-mul"
  /** The integers of four vectors as bytes from 0 to 255. */
  | "to-bytes"
  /** The same as bytes from 0 to 127. */
  | "to-seven-bits"
  /** The lower eight bytes, from 0 to 255, as 16-bit integers. */
  | "widen"
  /** Signed bytes by bytes from 0 to 127, four products added to each integer of a third vector. */
  | "dot"
  /** The lower or upper eight signed bytes by 16-bit integers, two products added up. */
  | "dot-low"
  | "dot-high"
  /** The integers of two vectors, neighbours added. */
  | "add-pairs";

/** Positions count elements, in panels of shorter numbers words of 32 bits. */
export type VectorValue =
  | { readonly kind: "const"; readonly value: number }
  | { readonly kind: "local"; readonly name: string }
  /** `vector`: four elements from `index` on, some of which may lie beyond the end; `splat`: one element, four times. */
  | {
      readonly kind: "load";
      readonly buffer: VectorBuffer;
      readonly index: Index;
      readonly access: "vector" | "splat";
    }
  /** The bfloat16 numbers in one half of the words of a vector. */
  | { readonly kind: "half"; readonly half: "low" | "high"; readonly operand: VectorValue }
  | {
      readonly kind: "integers";
      readonly operator: IntegerOperator;
      readonly operands: readonly VectorValue[];
    }
  | Unary<VectorValue, UnaryOperator | Float32Operator>
  | Binary<VectorValue>
  /** `a * b + c`, with one rounding where the instruction set has it. */
  | { readonly kind: "multiply-add"; readonly a: VectorValue; readonly b: VectorValue; readonly c: VectorValue }
  | Select<VectorValue>
  /** The sum or the maximum of the four numbers, four times; or the maximum of integers, as `IntegerOperator` has it. */
  | {
      readonly kind: "across";
      readonly combine: "sum" | "max" | "integer-max" | "unsigned-max";
      readonly operand: VectorValue;
    }
  /** One of the four numbers, four times. */
  | { readonly kind: "lane"; readonly lane: number; readonly operand: VectorValue }
  /** The first `count` numbers, and `rest` in place of the others. */
  | { readonly kind: "first"; readonly count: number; readonly operand: VectorValue; readonly rest: number }
  | { readonly kind: "size"; readonly size: Size };

/** Where a loop ends: a size, or an integer local. */
export type Bound = Size | { readonly local: string };

export type VectorStatement =
  | { readonly kind: "let"; readonly name: string; readonly value: VectorValue }
  | { readonly kind: "var"; readonly name: string; readonly value: VectorValue }
  | { readonly kind: "set"; readonly name: string; readonly value: VectorValue }
  /** An integer local. */
  | { readonly kind: "index"; readonly name: string; readonly value: Index }
  /** An integer local: the smaller one of a position and `end - margin`. */
  | {
      readonly kind: "at-most";
      readonly name: string;
      readonly value: Index;
      readonly end: Bound;
      readonly margin: number;
    }
  /** An integer local: the largest multiple of `step` that is not above `size`. */
  | { readonly kind: "whole"; readonly name: string; readonly size: Size; readonly step: number }
  /**
   * An integer local that is read from data; ends the function with an error code unless it is an index below `size`. Without
   * `what` it is a word of an array of integers that the compiler has made, and below `size`.
   */
  | {
      readonly kind: "lookup";
      readonly name: string;
      readonly value: VectorValue;
      readonly size: number;
      readonly what?: string;
    }
  /** The first `count` numbers of a vector, to `index` and the elements after it. */
  | {
      readonly kind: "store";
      readonly buffer: DataBuffer;
      readonly index: Index;
      readonly count: number;
      readonly value: VectorValue;
    }
  | {
      readonly kind: "if-at-least";
      readonly size: Size;
      readonly count: number;
      readonly then: readonly VectorStatement[];
      readonly otherwise: readonly VectorStatement[];
    }
  | VectorLoop;

/** `for (variable = from; variable < to; variable += step)`; unless `to` is a local, `to - from` may be no multiple of `step`. */
export interface VectorLoop {
  readonly kind: "for";
  readonly variable: string;
  readonly from: number | { readonly local: string };
  readonly to: Bound;
  readonly step: number;
  /** Whether it takes at least one step whatever the call, where its bounds don't tell. */
  readonly entered?: true;
  readonly body: readonly VectorStatement[];
}
