import type { Origin, Tensor, WeightTensor } from "./graph.ts";
import type { GraphBuilder } from "./graph-builder.ts";
import type { Scalar } from "./scalar.ts";
import type { Shape } from "./shape.ts";
import type { Size } from "./size.ts";

/**
 * The tensor graph of training: what a step computes of a batch, on weights that change. Its operations are fewer and more
 * general than those of `graph.ts`, so that a gradient is stated for each of them once: see `gradients/README.md`.
 */

/** A value of a step. Its shape leaves out the axis of the samples, as everywhere. */
export interface StepTensor extends Tensor {
  /** Whether each sample has its own; weights, and sums over the batch, are one for all. */
  readonly perSample: boolean;
  /** Read as a constant: no gradient flows through it here. */
  readonly stopped?: true;
}

export type StepOperation =
  NestOperation | GatherOperation | ScatterOperation | SparsemaxStepOperation | SparsemaxGradientOperation;

/** Where an operation comes from. */
export interface StepOrigin {
  /** Which layers it belongs to, for comments and names. */
  readonly origins: readonly Origin[];
  /** What it computes, for its comment: `the gradient of the kernel`. */
  readonly note?: string;
  /** See `ScalarFunction`. */
  readonly smooth?: true;
}

/** A value that a nest reads, broadcast along some of its axes. */
export interface NestOperand {
  /** The local that stands for its element in scalar expressions. */
  readonly name: string;
  readonly tensor: StepTensor;
  /** For each axis of the nest, how far one step moves in the value; 0 where it is broadcast. */
  readonly strides: readonly Size[];
  /** The element that it begins at; absent for the first one. */
  readonly start?: Size;
}

/** A value that a nest writes; an axis that it reduces has stride 0. */
export interface NestResult {
  readonly tensor: StepTensor;
  readonly strides: readonly Size[];
  /** The element that it begins at, where it adds to what the value has; absent for a value that it writes as a whole. */
  readonly addedFrom?: Size;
  /** Of the operands, and of `sum` behind a reduction, where operands along reduced axes can't be read any more. */
  readonly value: Scalar;
}

/**
 * Loops over some axes. Without a reduction it is a function of the elements of its operands; with one, the sum or the
 * maximum of `term` along the reduced axes is the local `sum` of its results' values. A contraction is a nest, too:
 * `term` is then the product of two operands.
 */
export interface NestOperation extends StepOrigin {
  readonly kind: "nest";
  readonly axes: Shape;
  readonly operands: readonly NestOperand[];
  readonly reduction?: {
    readonly combine: "sum" | "max";
    /** For each axis whether it is reduced. */
    readonly along: readonly boolean[];
    readonly term: Scalar;
    /** A mean: the sum is divided by so many. */
    readonly divisor?: Size;
  };
  readonly results: readonly NestResult[];
}

/** `output[..., :] = table[indices[...], :]` */
export interface GatherOperation extends StepOrigin {
  readonly kind: "gather";
  readonly indices: StepTensor;
  /** `[rows, width]` */
  readonly table: StepTensor;
  /** The layer, for the error of an index that is no row. */
  readonly layer: string;
  readonly output: StepTensor;
}

/** `output[indices[...], :] += values[..., :]`, from zeros: the gradient of a gather. */
export interface ScatterOperation extends StepOrigin {
  readonly kind: "scatter";
  readonly indices: StepTensor;
  readonly values: StepTensor;
  /** `[rows, width]` */
  readonly output: StepTensor;
}

/** Sparsemax, whose support is found among all elements of an axis. */
export interface SparsemaxStepOperation extends StepOrigin {
  readonly kind: "sparsemax";
  readonly input: StepTensor;
  readonly axis: number;
  readonly output: StepTensor;
}

export interface SparsemaxGradientOperation extends StepOrigin {
  readonly kind: "sparsemax-gradient";
  /** Of the function. */
  readonly input: StepTensor;
  /** By the function's output. */
  readonly gradient: StepTensor;
  readonly axis: number;
  readonly output: StepTensor;
}

export interface ReduceOptions {
  readonly combine: "sum" | "mean" | "max";
  /** Of the operands broadcast against one another, counted from 0 without the axis of the samples. */
  readonly axes: readonly number[];
  /** Whether it goes over the samples of the batch as well. */
  readonly samples?: boolean;
  /** Whether the reduced axes stay, with size 1. */
  readonly keep?: boolean;
}

/** Operands by the locals that stand for their elements. */
export type Operands = Readonly<Record<string, Tensor>>;

/**
 * What layers, losses, regularizers and constraints state their part of a step with. Operands are broadcast by numpy's
 * rules: shapes are aligned at the last axis, and an axis of size 1 is repeated; what is one for all samples meets each of them.
 */
export interface StepBuilder extends GraphBuilder {
  /** A trained array, or one that a step moves, as a value. */
  variable(weight: WeightTensor): Tensor;
  /** The same numbers at every step, row-major. */
  numbers(shape: readonly number[], values: readonly number[]): Tensor;
  /** A function of the elements of the operands, each a local of `body`. */
  map(operands: Operands, body: Scalar): Tensor;
  /** The sum, mean or maximum of a function of the operands. Of equal maxima each gets an equal share of the gradient. */
  reduce(operands: Operands, term: Scalar, options: ReduceOptions): Tensor;
  /** The elements from `start` to before `end` along an axis, counted from 0 without the axis of the samples. */
  slice(value: Tensor, axis: number, start: number, end: number): Tensor;
  /** The value, through which no gradient flows. */
  stopGradient(value: Tensor): Tensor;
  /** New random numbers at every step: of [0, 1), or of the standard normal distribution. */
  random(distribution: "uniform" | "normal", shape: Shape): Tensor;
  /** Random numbers that all samples of a step share. */
  sharedRandom(distribution: "uniform" | "normal", shape: Shape): Tensor;
  /** What the array is after the step: the statistics that a layer moves. */
  move(weight: WeightTensor, value: Tensor): void;
  /** Adds a value of shape `[]`, one for the batch, to the loss. */
  addLoss(penalty: Tensor): void;
}
