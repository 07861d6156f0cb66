import type { Tensor } from "../../../src/ir/graph.ts";
import type { Shape } from "../../../src/ir/shape.ts";
import { staticSize } from "../../../src/ir/size.ts";
import type { Operands, ReduceOptions, StepBuilder, StepTensor } from "../../../src/ir/step-graph.ts";
import { evaluate } from "./evaluate.ts";

/** An array of a step: the axis of the samples first, if each sample has its own. */
export interface Value {
  readonly shape: readonly number[];
  readonly perSample: boolean;
  readonly data: readonly number[];
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

const strides = (shape: readonly number[]): readonly number[] => shape.map((_, axis) => product(shape.slice(axis + 1)));

/** Every index of an array, row-major. */
function indices(shape: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: product(shape) }, (_, flat) =>
    strides(shape).map((stride, axis) => Math.floor(flat / stride) % shape[axis]!),
  );
}

/** Computes a part of a step as it is stated, on numbers: for what no trainer can be given, weights of metrics and noise. */
export class Interpreter {
  readonly #values = new Map<number, Value>();
  readonly #batch: number;
  readonly #random: () => number;

  /** `random` gives what the step draws. */
  constructor(batch: number, random: () => number = () => Number.NaN) {
    this.#batch = batch;
    this.#random = random;
  }

  /** An array as a value of the step. */
  put({ shape, perSample, data }: Value): StepTensor {
    const id = this.#values.size;
    const full = perSample ? [this.#batch, ...shape] : shape;
    if (product(full) !== data.length) throw new Error(`${data.length} numbers for [${full.join(", ")}]`);
    this.#values.set(id, { shape: full, perSample, data });
    return { id, shape: shape.map(staticSize), perSample };
  }

  numbersOf(tensor: Tensor): readonly number[] {
    return this.#valueOf(tensor).data;
  }

  readonly builder: StepBuilder = {
    ...otherOperations(),
    numbers: (shape, values) => this.put({ shape, perSample: false, data: values }),
    reshape: (input, shape) => {
      const { perSample, data } = this.#valueOf(input);
      return this.put({ shape: sizesOf(shape), perSample, data });
    },
    map: (operands, body) => {
      const { shape, perSample, at } = this.#broadcast(operands);
      const data = indices(shape).map((index) => evaluate(body, at(index)));
      return this.put({ shape: perSample ? shape.slice(1) : shape, perSample, data });
    },
    reduce: (operands, term, { combine, axes, samples = false, keep = false }: ReduceOptions) => {
      const { shape, perSample, at } = this.#broadcast(operands);
      const first = perSample ? 1 : 0;
      if (axes.some((axis) => axis < 0 || axis >= shape.length - first)) throw new Error(`no axis ${axes.join()}`);
      const gone = shape.map((_, axis) => (perSample && axis === 0 ? samples : axes.includes(axis - first)));
      const kept = shape.map((size, axis) => (gone[axis] ? 1 : size));
      const found = Array.from({ length: product(kept) }, (): number[] => []);
      for (const index of indices(shape)) {
        const flat = strides(kept).reduce((sum, stride, axis) => sum + (gone[axis] ? 0 : stride * index[axis]!), 0);
        found[flat]!.push(evaluate(term, at(index)));
      }
      const data = found.map((terms) => combined(combine, terms));
      const stays = perSample && !samples;
      const own = shape.flatMap((size, axis) => {
        if (axis < first) return [];
        return gone[axis] ? (keep ? [1] : []) : [size];
      });
      return this.put({ shape: own, perSample: stays, data });
    },
    slice: (value, axis, start, end) => {
      const { shape, perSample, data } = this.#valueOf(value);
      const at = perSample ? axis + 1 : axis;
      const taken = indices(shape).flatMap((index, flat) =>
        index[at]! >= start && index[at]! < end ? [data[flat]!] : [],
      );
      const own = sizesOf(value.shape).map((size, own_) => (own_ === axis ? end - start : size));
      return this.put({ shape: own, perSample, data: taken });
    },
    stopGradient: (value) => value,
    random: (_, shape) => this.#drawn(shape, true),
    sharedRandom: (_, shape) => this.#drawn(shape, false),
  };

  #drawn(shape: Shape, perSample: boolean): StepTensor {
    const sizes = sizesOf(shape);
    const data = Array.from({ length: product(perSample ? [this.#batch, ...sizes] : sizes) }, this.#random);
    return this.put({ shape: sizes, perSample, data });
  }

  /** A value under the shape that its tensor says: layers give the same elements other shapes. */
  #valueOf(tensor: Tensor): Value {
    const value = this.#values.get(tensor.id);
    if (value === undefined) throw new Error("a value of another step");
    const own = sizesOf(tensor.shape);
    return { ...value, shape: value.perSample ? [this.#batch, ...own] : own };
  }

  #broadcast(operands: Operands) {
    const named = Object.entries(operands).map(([name, tensor]) => ({ name, ...this.#valueOf(tensor) }));
    const perSample = named.some((operand) => operand.perSample);
    const aligned = named.map((operand) => ({
      ...operand,
      own: operand.perSample ? operand.shape.slice(1) : operand.shape,
    }));
    const rank = Math.max(0, ...aligned.map(({ own }) => own.length));
    const own = Array.from({ length: rank }, (_, axis) => {
      const sizes = aligned.flatMap(({ own: shape }) => shape[axis - rank + shape.length] ?? []);
      const size = Math.max(1, ...sizes);
      if (sizes.some((other) => other !== 1 && other !== size)) throw new Error(`sizes don't fit: ${sizes.join(", ")}`);
      return size;
    });
    const shape = perSample ? [this.#batch, ...own] : own;
    const at = (index: readonly number[]): Readonly<Record<string, number>> => {
      const [sample, inner] = perSample ? [index[0]!, index.slice(1)] : [0, index];
      return Object.fromEntries(
        aligned.map(({ name, own: sizes, data, perSample: each }) => {
          const flat = strides(sizes).reduce(
            (sum, stride, axis) => sum + (sizes[axis] === 1 ? 0 : stride * inner[axis + rank - sizes.length]!),
            each ? sample * product(sizes) : 0,
          );
          return [name, data[flat]!];
        }),
      );
    };
    return { shape, perSample, at };
  }
}

function sizesOf(shape: Shape): readonly number[] {
  return shape.map(({ factor, dims }) => {
    if (dims.length > 0) throw new Error("sizes are numbers here");
    return factor;
  });
}

function combined(combine: ReduceOptions["combine"], terms: readonly number[]): number {
  if (combine === "max") return Math.max(...terms);
  const sum = terms.reduce((total, term) => total + term, 0);
  return combine === "mean" ? sum / terms.length : sum;
}

/** What neither metrics nor layers with noise use. */
function otherOperations(): Omit<
  StepBuilder,
  "numbers" | "reshape" | "map" | "reduce" | "slice" | "stopGradient" | "random" | "sharedRandom"
> {
  const unknown = (): never => {
    throw new Error("not interpreted");
  };
  return {
    dense: unknown,
    elementwise: unknown,
    softmax: unknown,
    sparsemax: unknown,
    glu: unknown,
    weightedMap: unknown,
    reduceMap: unknown,
    stridedCopy: unknown,
    embedding: unknown,
    einsum: unknown,
    variable: unknown,
    move: unknown,
    addLoss: unknown,
  };
}
