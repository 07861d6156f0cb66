import type { Binary, Select, Unary } from "./arithmetic.ts";
import type { Blocks, Operation, Origin, WeightTensor } from "./graph.ts";
import type { Index } from "./index-expression.ts";
import type { Scalar, ScalarFunction } from "./scalar.ts";
import type { Size } from "./size.ts";

/** The loop nests of one model for one sample: kernels in order of execution, over buffers with static offsets. */
export interface LoopProgram {
  readonly dims: readonly string[];
  /** Present where the kernels compute several samples at once. */
  readonly batch?: Batch;
  readonly input: Buffer;
  readonly output: Buffer;
  readonly kernels: readonly Kernel[];
}

/** Kernels over the samples of a batch: one more dim of the program, by which every data buffer is larger. */
export interface Batch {
  /** The name of the dim: the number of samples of a call. */
  readonly dim: string;
  /** The largest number of samples that scratch memory holds. */
  readonly chunk: number;
}

/**
 * Memory of a kernel. `input` and `output` are the caller's arrays, where a sample starts at an offset given at run time;
 * `scratch` lives in the instance and is reused; `weights` are constant.
 */
export type Buffer = DataBuffer | WeightBuffer;

export interface DataBuffer {
  readonly kind: "input" | "output" | "scratch";
  /** Scratch buffers of equal name share memory: `a`, `b`. */
  readonly name: string;
  readonly size: Size;
}

export interface WeightBuffer {
  readonly kind: "weights";
  readonly weight: WeightTensor;
  readonly layout: WeightLayout;
}

/**
 * `row-major`: as Keras stores it. `panels`: a kernel `[inputs, units]` in the order in which tiled loops read it. `blocks`: those
 * of its blocks that hold anything but 0, as `blocks.ts` packs them.
 */
export type WeightLayout = { readonly kind: "row-major" } | PanelLayout | BlockLayout;

export interface BlockLayout {
  readonly kind: "blocks";
  readonly blocks: Blocks;
}

/**
 * A kernel `[inputs, units]` cut into panels of `width` units. The last panel holds the units that are left, padded with
 * units of zero weights to a multiple of `lanes`, which divides `width`; with `lanes` 1 it is as narrow as they are.
 * Element `[k, n]` of the panel that starts at unit `p` lies at `p * inputs + k * stride + (n - p)`, where `stride` is the
 * panel's padded width. `panels.ts` computes this.
 */
export interface PanelLayout {
  readonly kind: "panels";
  readonly width: number;
  readonly lanes: number;
}

/** One function of the generated code: what one layer, and what is fused into it, computes. */
export interface Kernel {
  /** The layers it computes, first to last; none for the copy of an input. */
  readonly origins: readonly Origin[];
  /** Layers that are part of its weights. */
  readonly folded?: readonly Origin[];
  /** What it computes, line by line, where the layers' descriptions do not say it. */
  readonly notes?: readonly string[];
  /** What it computes of a layer that takes several kernels: `softmax`. */
  readonly part?: KernelPart;
  /** Each once. */
  readonly inputs: readonly DataBuffer[];
  readonly output: DataBuffer;
  /** Where sums lie that are not finished, in straight-line code: the output, or scratch memory of its own. */
  readonly sums?: DataBuffer;
  readonly body: readonly Statement[];
  readonly multiplyAdds: Size;
  /** How many of them are with a weight that is known to be 0: straight-line code leaves these out. */
  readonly zeros?: Size;
  readonly plan: Plan;
}

export interface KernelPart {
  readonly operation: Exclude<Operation["kind"], "reshape">;
  /** Counted from 1. */
  readonly number: number;
  readonly of: number;
}

/** How a kernel is generated, and why; chosen by `passes/plan.ts`. */
export interface Plan {
  readonly strategy: "straight-line" | "tiled loops" | "loops";
  readonly reason: string;
}

/** Values of a kernel: scalar expressions over loads and locals. Arithmetic is float64. */
export type Value =
  | Extract<Scalar, { kind: "local" }>
  /** `float32`: a trained weight, whose digits beyond float32 mean nothing. */
  | { readonly kind: "const"; readonly value: number; readonly precision?: "float32" }
  | Unary<Value>
  /** The float32 number nearest to another. */
  | { readonly kind: "float32"; readonly operand: Value }
  | Binary<Value>
  | Select<Value>
  /** Added from the first to the last; flat, so that an unrolled dot product is no deep tree. */
  | { readonly kind: "sum"; readonly terms: readonly Value[] }
  | { readonly kind: "load"; readonly buffer: Buffer; readonly index: Index }
  /** A number of elements, possibly known only at run time. */
  | { readonly kind: "size"; readonly size: Size }
  | { readonly kind: "call"; readonly function: ScalarFunction; readonly argument: Value };

export type Statement =
  /** A local that never changes. */
  | { readonly kind: "let"; readonly name: string; readonly value: Value }
  /** A local that `add` and `set` change. */
  | { readonly kind: "var"; readonly name: string; readonly value: Value }
  | { readonly kind: "add"; readonly name: string; readonly value: Value }
  | { readonly kind: "set"; readonly name: string; readonly value: Value }
  /** An integer local: an index that several loads share. */
  | { readonly kind: "index"; readonly name: string; readonly value: Index }
  /**
   * An integer local that is read from data: throws at run time unless it is whole, at least 0 and below `size`. Without `what`
   * it is read from integers that the compiler has made, and is all that.
   */
  | {
      readonly kind: "lookup";
      readonly name: string;
      readonly value: Value;
      readonly size: number;
      readonly what?: string;
    }
  | { readonly kind: "store"; readonly buffer: DataBuffer; readonly index: Index; readonly value: Value }
  | Loop;

/** `for (variable = from; variable < to; variable += step)`; `to - from` is a multiple of `step`. */
export interface Loop {
  readonly kind: "for";
  readonly variable: string;
  readonly from: number;
  readonly to: Size;
  readonly step: number;
  readonly body: readonly Statement[];
  /**
   * A loop over 0 to `to`, taken by twos. `odd`: the step at 0, taken only where `to` is odd; the body says 0 for `variable`.
   * `pairs`: all others, two a step.
   */
  readonly part?: "odd" | "pairs";
  /** Integer locals that hold where the loop starts and ends at run time: within `from` and `to`. */
  readonly bounds?: { readonly from: string; readonly to: string };
}

export function load(buffer: Buffer, index: Index): Value {
  return { kind: "load", buffer, index };
}

/** A weight as Keras stores it. */
export function rowMajor(weight: WeightTensor): WeightBuffer {
  return { kind: "weights", weight, layout: { kind: "row-major" } };
}
