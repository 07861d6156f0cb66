import type { Index } from "../../src/ir/index-expression.ts";
import type { DataBuffer } from "../../src/ir/loops.ts";
import type { Size } from "../../src/ir/size.ts";
import {
  samplesDim,
  type VectorBuffer,
  type VectorKernel,
  type VectorProgram,
  type VectorStatement,
  type VectorValue,
} from "../../src/vectors/vector-loops.ts";
import { vectorWeightKey, vectorWeightLength } from "../../src/vectors/program-weights.ts";
import { binaries, comparisons, unaries } from "../ir/arithmetic.ts";
import { normalDistribution } from "../targets/reference.ts";

/** What a program on vectors is run with. */
export interface Run {
  /** The inputs of all samples, one after the other. */
  readonly input: ArrayLike<number>;
  readonly samples: number;
  readonly dims?: Readonly<Record<string, number>>;
  /** Packed arrays by `vectorWeightKey`; their words as float32. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** Whether multiply-adds are rounded once. */
  readonly fused: boolean;
}

/** Elements by which a vector may run over the end of what it reads. */
const overrun = 3;

/**
 * Runs a program on vectors step by step, in float32. Throws at an access outside its buffer and at a local that nothing
 * has set. What lies behind a buffer is NaN, and so is an output that is not written.
 */
export function interpret(program: VectorProgram, run: Run): Float32Array {
  const memory = new Map<string, Float32Array>();
  const sizeOf = ({ factor, dims }: Size): number =>
    dims.reduce((product, dim) => product * (dim === samplesDim ? run.samples : (run.dims?.[dim] ?? NaN)), factor);
  const findArray = (buffer: VectorBuffer, length: number): Float32Array => {
    if (buffer.kind === "weights") {
      const values = run.weights.get(vectorWeightKey(buffer));
      if (values?.length !== length) throw new Error(`no weights of this length: ${vectorWeightKey(buffer)}`);
      return values;
    }
    const known = memory.get(buffer.name);
    if (known !== undefined && known.length >= length) return known;
    const larger = new Float32Array(length).fill(NaN);
    larger.set(known ?? []);
    memory.set(buffer.name, larger);
    // Others of this name have an array that is not used any more.
    found.clear();
    return larger;
  };
  const found = new Map<VectorBuffer, Contents>();
  const contents = (buffer: VectorBuffer): Contents => {
    const known = found.get(buffer);
    if (known !== undefined) return known;
    const size = buffer.kind === "weights" ? vectorWeightLength(buffer) : sizeOf(buffer.size) * run.samples;
    const array = findArray(buffer, size);
    const made = { size, array, bits: new Uint32Array(array.buffer, array.byteOffset) };
    found.set(buffer, made);
    return made;
  };
  contents(program.input).array.set(Float32Array.from(run.input));
  for (const kernel of program.kernels) runKernel(kernel, run.fused, sizeOf, contents);
  const { array, size } = contents(program.output);
  return array.subarray(0, size);
}

/** What a buffer holds: `size` elements, in an array that may be larger, and the words of that. */
interface Contents {
  readonly size: number;
  readonly array: Float32Array;
  readonly bits: Uint32Array;
}

function runKernel(
  kernel: VectorKernel,
  fused: boolean,
  sizeOf: (size: Size) => number,
  contents: (buffer: VectorBuffer) => Contents,
): void {
  const vectors = new Map<string, Float32Array>();
  const integers = new Map<string, number>();
  const integer = (name: string): number => integers.get(name) ?? fail(`'${name}' is no integer`);
  const position = ({ constant, terms }: Index): number =>
    terms.reduce((sum, { variable, stride }) => sum + integer(variable) * sizeOf(stride), constant);

  const read = (buffer: VectorBuffer, index: Index, count: number): Float32Array => {
    const at = position(index);
    const { size, array, bits } = contents(buffer);
    if (at < 0 || at + count > size + (count > 1 ? overrun : 0)) fail(`read of ${at} of ${size}`);
    if (count > 1 && at + count <= size) return array.slice(at, at + count);
    // As bits: words of bfloat16 numbers may be NaN with a payload.
    for (let lane = 0; lane < 4; lane++) {
      const element = count > 1 ? at + lane : at;
      words[lane] = element < size ? (bits[element] as number) : 0x7fc00000;
    }
    return vector.slice();
  };
  const write = (buffer: DataBuffer, index: Index, count: number, value: Float32Array): void => {
    const at = position(index);
    const { size, array } = contents(buffer);
    if (buffer.kind === "input" || at < 0 || at + count > size) fail(`store of ${at}..${at + count - 1} of ${size}`);
    for (let lane = 0; lane < count; lane++) array[at + lane] = value[lane] as number;
  };

  const evaluate = (value: VectorValue): Float32Array => {
    switch (value.kind) {
      case "const":
        return splat(value.value);
      case "size":
        return splat(sizeOf(value.size));
      case "local":
        return vectors.get(value.name) ?? fail(`'${value.name}' is not set`);
      case "load":
        return read(value.buffer, value.index, value.access === "vector" ? 4 : 1);
      case "half": {
        vector.set(evaluate(value.operand));
        words.forEach((word, lane) => (words[lane] = value.half === "low" ? word << 16 : word & 0xffff0000));
        return vector.slice();
      }
      case "unary":
        return evaluate(value.operand).map(functions[value.operator]);
      case "binary": {
        const [left, right] = [evaluate(value.left), evaluate(value.right)];
        const operation = binaries[value.operator];
        return lanes((lane) => operation(left[lane] as number, right[lane] as number));
      }
      case "multiply-add": {
        const [a, b, c] = [evaluate(value.a), evaluate(value.b), evaluate(value.c)];
        // A product of two float32 numbers is exact in float64.
        return lanes((lane) => {
          const product = (a[lane] as number) * (b[lane] as number);
          return (fused ? product : Math.fround(product)) + (c[lane] as number);
        });
      }
      case "select": {
        const [left, right] = [exact(value.left), exact(value.right)];
        const [then, otherwise] = [evaluate(value.then), evaluate(value.otherwise)];
        const compare = comparisons[value.comparison];
        return lanes((lane) =>
          compare(left[lane] as number, right[lane] as number) ? (then[lane] as number) : (otherwise[lane] as number),
        );
      }
      case "across":
        return splat(
          evaluate(value.operand).reduce((a, b) => (value.combine === "sum" ? Math.fround(a + b) : Math.max(a, b))),
        );
      case "lane":
        return splat(evaluate(value.operand)[value.lane] as number);
      case "first":
        return evaluate(value.operand).map((one, lane) => (lane < value.count ? one : value.rest));
    }
  };
  /** What is compared with a constant is compared with all its digits. */
  const exact = (value: VectorValue): ArrayLike<number> =>
    value.kind === "const" ? Array<number>(4).fill(value.value) : evaluate(value);

  const visit = (statements: readonly VectorStatement[]): void => statements.forEach(step);
  const step = (statement: VectorStatement): void => {
    switch (statement.kind) {
      case "let":
      case "var":
        vectors.set(statement.name, evaluate(statement.value));
        return;
      case "set":
        if (!vectors.has(statement.name)) fail(`'${statement.name}' is changed before it is set`);
        vectors.set(statement.name, evaluate(statement.value));
        return;
      case "index":
        integers.set(statement.name, position(statement.value));
        return;
      case "at-most":
        integers.set(statement.name, Math.min(position(statement.value), sizeOf(statement.end) - statement.margin));
        return;
      case "whole": {
        const size = sizeOf(statement.size);
        integers.set(statement.name, size - (size % statement.step));
        return;
      }
      case "lookup": {
        const [index] = evaluate(statement.value);
        const found = index as number;
        if (!Number.isInteger(found) || found < 0 || found >= statement.size) fail(`${statement.what} is ${found}`);
        integers.set(statement.name, found);
        return;
      }
      case "store":
        write(statement.buffer, statement.index, statement.count, evaluate(statement.value));
        return;
      case "if-at-least":
        visit(sizeOf(statement.size) >= statement.count ? statement.then : statement.otherwise);
        return;
      case "for": {
        const { variable, from, to } = statement;
        const end = "local" in to ? integer(to.local) : sizeOf(to);
        for (let at = typeof from === "number" ? from : integer(from.local); at < end; at += statement.step) {
          integers.set(variable, at);
          visit(statement.body);
        }
        return;
      }
    }
  };
  visit(kernel.body);
}

/** Four lanes as numbers and as their bits. */
const vector = new Float32Array(4);
const words = new Uint32Array(vector.buffer);

function splat(value: number): Float32Array {
  return lanes(() => value);
}

function lanes(value: (lane: number) => number): Float32Array {
  const result = new Float32Array(4);
  for (let lane = 0; lane < 4; lane++) result[lane] = value(lane);
  return result;
}

function fail(what: string): never {
  throw new RangeError(what);
}

const functions: Readonly<Record<Extract<VectorValue, { kind: "unary" }>["operator"], (x: number) => number>> = {
  ...unaries,
  gelu: (x) => x * normalDistribution(x),
};
