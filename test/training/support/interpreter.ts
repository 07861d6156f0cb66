import type { Tensor, WeightTensor } from "../../../src/ir/graph.ts";
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

/** Computes a step as it is stated, on numbers. Its operations are those that losses, metrics and layers use. */
export class Interpreter {
  readonly #values = new Map<number, Value>();
  readonly #weights = new Map<string, Tensor>();
  readonly moved = new Map<string, readonly number[]>();
  readonly penalties: number[] = [];
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

  /** A weight of a layer, by its path. */
  putWeight(weight: WeightTensor, data: readonly number[]): void {
    this.#weights.set(weight.path.join("/"), this.put({ shape: weight.shape, perSample: false, data }));
  }

  numbersOf(tensor: Tensor): readonly number[] {
    return this.#valueOf(tensor).data;
  }

  readonly builder: StepBuilder = {
    ...unknownOperations(),
    variable: (weight) => {
      const found = this.#weights.get(weight.path.join("/"));
      if (found === undefined) throw new Error(`no weight '${weight.path.join("/")}'`);
      return found;
    },
    numbers: (shape, values) => this.put({ shape, perSample: false, data: values }),
    dense: (input, kernel, bias) => {
      const [x, w, sum, b] = ["x", "w", "sum", "b"].map((name) => ({ kind: "local", name }) as const);
      const wide = this.builder.reshape(input, [...input.shape, staticSize(1)]);
      const operands = { x: wide, w: this.builder.variable(kernel) };
      const term = { kind: "binary", operator: "mul", left: x!, right: w! } as const;
      const axes = [input.shape.length - 1];
      const product = this.builder.reduce(operands, term, { combine: "sum", axes });
      if (bias === undefined) return product;
      const biased = { kind: "binary", operator: "add", left: sum!, right: b! } as const;
      return this.builder.map({ sum: product, b: this.builder.variable(bias) }, biased);
    },
    elementwise: (input, { body }) => this.builder.map({ x: input }, body),
    weightedMap: (input, { view, weights, body }) => {
      const { perSample, data } = this.#valueOf(input);
      const sizes = sizesOf(view);
      const places = indices(perSample ? [this.#batch, ...sizes] : sizes);
      const found = places.map((index, flat) => {
        const inner = perSample ? index.slice(1) : index;
        const locals = weights.map(({ name, weight, strides: steps }) => {
          const at = steps.reduce((sum, stride, axis) => sum + stride * inner[axis]!, 0);
          return [name, this.numbersOf(this.builder.variable(weight))[at]!] as const;
        });
        return evaluate(body, { x: data[flat]!, ...Object.fromEntries(locals) });
      });
      return this.put({ shape: sizesOf(input.shape), perSample, data: found });
    },
    reshape: (input, shape) => {
      const { perSample, data } = this.#valueOf(input);
      return this.put({ shape: sizesOf(shape), perSample, data });
    },
    softmax: (input, axis) => {
      const along = { axes: [axis], keep: true } as const;
      const x = { kind: "local", name: "x" } as const;
      const top = { kind: "local", name: "top" } as const;
      const shifted = { kind: "binary", operator: "sub", left: x, right: top } as const;
      const power = { kind: "unary", operator: "exp", operand: shifted } as const;
      const operands = { x: input, top: this.builder.reduce({ x: input }, x, { combine: "max", ...along }) };
      const sum = this.builder.reduce(operands, power, { combine: "sum", ...along });
      const total = { kind: "local", name: "sum" } as const;
      return this.builder.map({ ...operands, sum }, { kind: "binary", operator: "div", left: power, right: total });
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
    move: (weight, value) => {
      this.moved.set(weight.path.join("/"), this.numbersOf(value));
    },
    addLoss: (penalty) => {
      const value = this.#valueOf(penalty);
      if (value.perSample || value.shape.length > 0) throw new Error("a penalty is one number for the batch");
      this.penalties.push(value.data[0]!);
    },
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

/** The operations of models, which are not interpreted. */
function unknownOperations(): Pick<
  StepBuilder,
  "sparsemax" | "glu" | "reduceMap" | "stridedCopy" | "embedding" | "einsum"
> {
  const unknown = (): never => {
    throw new Error("not interpreted");
  };
  return {
    sparsemax: unknown,
    glu: unknown,
    reduceMap: unknown,
    stridedCopy: unknown,
    embedding: unknown,
    einsum: unknown,
  };
}
