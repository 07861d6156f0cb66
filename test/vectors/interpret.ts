import { samplesDim } from "../../src/ir/samples.ts";
import { positionOf } from "../ir/index-position.ts";
import type { Index } from "../../src/ir/index-expression.ts";
import type { DataBuffer } from "../../src/ir/loops.ts";
import type { Size } from "../../src/ir/size.ts";
import type {
  IntegerOperator,
  VectorBuffer,
  VectorKernel,
  VectorProgram,
  VectorStatement,
  VectorValue,
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

/** Four lanes, as numbers and as their bits: words of bfloat16 numbers may be NaN with a payload. */
class Vector {
  readonly lanes = new Float32Array(4);
  readonly bits = new Uint32Array(this.lanes.buffer);
  isSet = false;
}

/** Computes a value; the vector is the value's own until it is computed again. */
type Compute = () => Vector;

/** Makes functions of all parts of a kernel, which take less time than walking through it step by step, and runs them. */
function runKernel(
  kernel: VectorKernel,
  fused: boolean,
  sizeOf: (size: Size) => number,
  contents: (buffer: VectorBuffer) => Contents,
): void {
  const vectors = new Map<string, Vector>();
  const integers = new Map<string, { value: number | undefined }>();
  const vectorOf = (name: string): Vector => {
    const vector = vectors.get(name) ?? new Vector();
    vectors.set(name, vector);
    return vector;
  };
  const integerOf = (name: string): { value: number | undefined } => {
    const integer = integers.get(name) ?? { value: undefined };
    integers.set(name, integer);
    return integer;
  };
  const position = (index: Index): (() => number) => positionOf(index, sizeOf, integerOf);

  const read = (buffer: VectorBuffer, index: Index, count: number): Compute => {
    const start = position(index);
    const result = new Vector();
    return () => {
      const at = start();
      const { size, bits } = contents(buffer);
      if (at < 0 || at + count > size + (count > 1 ? overrun : 0)) fail(`read of ${at} of ${size}`);
      for (let lane = 0; lane < 4; lane++) {
        const element = count > 1 ? at + lane : at;
        result.bits[lane] = element < size ? (bits[element] as number) : 0x7fc00000;
      }
      return result;
    };
  };
  const write = (buffer: DataBuffer, index: Index, count: number, compute: Compute): (() => void) => {
    const start = position(index);
    return () => {
      const { bits: computed } = compute();
      const at = start();
      const { size, bits } = contents(buffer);
      if (buffer.kind === "input" || at < 0 || at + count > size) fail(`store of ${at}..${at + count - 1} of ${size}`);
      for (let lane = 0; lane < count; lane++) bits[at + lane] = computed[lane] as number;
    };
  };

  const value = (node: VectorValue): Compute => {
    switch (node.kind) {
      case "const":
        return always(node.value);
      case "size":
        return always(sizeOf(node.size));
      case "local": {
        const vector = vectorOf(node.name);
        return () => (vector.isSet ? vector : fail(`'${node.name}' is not set`));
      }
      case "load":
        return read(node.buffer, node.index, node.access === "vector" ? 4 : 1);
      case "half": {
        const operand = value(node.operand);
        const result = new Vector();
        return () => {
          const { bits } = operand();
          for (let lane = 0; lane < 4; lane++) {
            const word = bits[lane] as number;
            result.bits[lane] = node.half === "low" ? word << 16 : word & 0xffff0000;
          }
          return result;
        };
      }
      case "integers":
        return integerInstruction(node.operator, node.operands.map(value));
      case "unary": {
        const operation = functions[node.operator];
        return laneByLane([value(node.operand)], (one) => operation(one));
      }
      case "binary": {
        const operation = binaries[node.operator];
        return laneByLane([value(node.left), value(node.right)], (left, right) => operation(left, right));
      }
      case "multiply-add":
        // A product of two float32 numbers is exact in float64.
        return laneByLane(
          [value(node.a), value(node.b), value(node.c)],
          fused ? (a, b, c) => a * b + c : (a, b, c) => Math.fround(a * b) + c,
        );
      case "select": {
        const compare = comparisons[node.comparison];
        const isLess = exact(node.left, exact(node.right, compare, 1), 0);
        return laneByLane(
          [value(node.left), value(node.right), value(node.then), value(node.otherwise)],
          (left, right, then, otherwise) => (isLess(left, right) ? then : otherwise),
        );
      }
      case "across": {
        if (node.combine === "integer-max" || node.combine === "unsigned-max")
          return acrossIntegers(node.combine, value(node.operand));
        const combine = node.combine === "sum" ? (a: number, b: number) => Math.fround(a + b) : Math.max;
        return splat(value(node.operand), (lanes) => lanes.reduce((a, b) => combine(a, b)));
      }
      case "lane":
        return splat(value(node.operand), (lanes) => lanes[node.lane] as number);
      case "first": {
        const operand = value(node.operand);
        const result = new Vector();
        return () => {
          result.lanes.set(operand().lanes);
          result.lanes.fill(node.rest, node.count);
          return result;
        };
      }
    }
  };

  const list = (statements: readonly VectorStatement[]): (() => void) => {
    const steps = statements.map(step);
    return () => {
      for (const run of steps) run();
    };
  };
  const assign = (name: string, node: VectorValue, mayBeNew: boolean): (() => void) => {
    const compute = value(node);
    const vector = vectorOf(name);
    return () => {
      if (!mayBeNew && !vector.isSet) fail(`'${name}' is changed before it is set`);
      const { bits } = compute();
      for (let lane = 0; lane < 4; lane++) vector.bits[lane] = bits[lane] as number;
      vector.isSet = true;
    };
  };
  const step = (statement: VectorStatement): (() => void) => {
    switch (statement.kind) {
      case "let":
      case "var":
        return assign(statement.name, statement.value, true);
      case "set":
        return assign(statement.name, statement.value, false);
      case "index": {
        const [integer, at] = [integerOf(statement.name), position(statement.value)];
        return () => void (integer.value = at());
      }
      case "at-most": {
        const [integer, at] = [integerOf(statement.name), position(statement.value)];
        const end = bound(statement.end);
        return () => void (integer.value = Math.min(at(), end() - statement.margin));
      }
      case "whole": {
        const integer = integerOf(statement.name);
        const size = sizeOf(statement.size);
        return () => void (integer.value = size - (size % statement.step));
      }
      case "lookup": {
        const integer = integerOf(statement.name);
        const compute = value(statement.value);
        // What the compiler has made is a word, not a number.
        const word = statement.what === undefined ? "bits" : "lanes";
        return () => {
          const found = compute()[word][0] as number;
          if (!Number.isInteger(found) || found < 0 || found >= statement.size) fail(`${statement.what} is ${found}`);
          integer.value = found;
        };
      }
      case "store":
        return write(statement.buffer, statement.index, statement.count, value(statement.value));
      case "if-at-least":
        return list(sizeOf(statement.size) >= statement.count ? statement.then : statement.otherwise);
      case "for": {
        const integer = integerOf(statement.variable);
        const start = bound(statement.from);
        const end = bound(statement.to);
        const body = list(statement.body);
        return () => {
          const last = end();
          for (let at = start(); at < last; at += statement.step) {
            integer.value = at;
            body();
          }
        };
      }
    }
  };
  const bound = (limit: number | Size | { readonly local: string }): (() => number) => {
    if (typeof limit === "number") return () => limit;
    if ("factor" in limit) {
      const size = sizeOf(limit);
      return () => size;
    }
    const integer = integerOf(limit.local);
    return () => integer.value ?? fail(`'${limit.local}' is no integer`);
  };
  list(kernel.body)();
}

/** What is compared with a constant is compared with all its digits: `compare` with the constant in place of an operand. */
function exact(
  node: VectorValue,
  compare: (left: number, right: number) => boolean,
  at: 0 | 1,
): (left: number, right: number) => boolean {
  if (node.kind !== "const") return compare;
  return at === 0 ? (_, right) => compare(node.value, right) : (left) => compare(left, node.value);
}

function always(number: number): Compute {
  const result = new Vector();
  result.lanes.fill(number);
  return () => result;
}

/** All lanes from those of one vector. */
function splat(operand: Compute, combine: (lanes: Float32Array) => number): Compute {
  const result = new Vector();
  return () => {
    result.lanes.fill(combine(operand().lanes));
    return result;
  };
}

/** Every lane from the same lane of up to four vectors. */
function laneByLane(
  operands: readonly Compute[],
  operation: (a: number, b: number, c: number, d: number) => number,
): Compute {
  const result = new Vector();
  const [first, second = first, third = first, fourth = first] = operands as readonly [Compute, ...Compute[]];
  return () => {
    const { lanes: a } = first();
    const { lanes: b } = second === first ? { lanes: a } : second();
    const { lanes: c } = third === first ? { lanes: a } : third();
    const { lanes: d } = fourth === first ? { lanes: a } : fourth();
    for (let lane = 0; lane < 4; lane++) {
      result.lanes[lane] = operation(a[lane] as number, b[lane] as number, c[lane] as number, d[lane] as number);
    }
    return result;
  };
}

function fail(what: string): never {
  throw new RangeError(what);
}

const functions: Readonly<Record<Extract<VectorValue, { kind: "unary" }>["operator"], (x: number) => number>> = {
  ...unaries,
  gelu: (x) => x * normalDistribution(x),
};

/** Instructions on whole numbers, or bytes, in the bits of vectors. */
function integerInstruction(operator: IntegerOperator, operands: readonly Compute[]): Compute {
  const result = new Vector();
  const whole = new Int32Array(result.bits.buffer);
  const bytes = new Uint8Array(result.bits.buffer);
  const halves = new Int16Array(result.bits.buffer);
  const given = (): readonly Vector[] => operands.map((operand) => operand());
  const integersOf = (vector: Vector | undefined): Int32Array => new Int32Array((vector as Vector).bits.buffer);
  const signedBytes = (vector: Vector | undefined): Int8Array => new Int8Array((vector as Vector).bits.buffer);
  const each = (compute: (lane: number, vectors: readonly Vector[]) => number): Compute => {
    return () => {
      const vectors = given();
      const found = [0, 1, 2, 3].map((lane) => compute(lane, vectors));
      found.forEach((value, lane) => (whole[lane] = value));
      return result;
    };
  };
  const two = (compute: (a: number, b: number) => number): Compute =>
    each((lane, [a, b]) => compute(integersOf(a)[lane] as number, integersOf(b)[lane] as number));
  const pairs = (start: number): Compute =>
    each((lane, [bytesOf, by]) => {
      const factors = new Int16Array((by as Vector).bits.buffer);
      const at = lane * 2;
      const product = (place: number): number =>
        (signedBytes(bytesOf)[start + place] as number) * (factors[place] as number);
      return product(at) + product(at + 1);
    });
  switch (operator) {
    case "nearest":
      return () => {
        (given()[0] as Vector).lanes.forEach((value, lane) => (result.lanes[lane] = nearest(value)));
        return result;
      };
    case "to-floats":
      return () => {
        result.lanes.set(integersOf(given()[0]));
        return result;
      };
    case "to-integers":
      return each((lane, [a]) => {
        const value = Math.trunc((a as Vector).lanes[lane] as number);
        return Number.isNaN(value) ? 0 : Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, value));
      });
    case "integer-max":
      return two(Math.max);
    case "unsigned-max":
      return two((a, b) => Math.max(a >>> 0, b >>> 0));
    case "to-seven-bits": {
      const compute = integerInstruction("to-bytes", operands);
      return () => {
        bytes.set(new Uint8Array(compute().bits.buffer).map((byte) => Math.min(byte, 127)));
        return result;
      };
    }
    case "integer-add":
      return two((a, b) => a + b);
    case "integer-sub":
      return two((a, b) => a - b);
    case "integer-mul":
      return two((a, b) => Math.imul(a, b));
    case "to-bytes":
      return () => {
        const all = given().flatMap((vector) => [...integersOf(vector)]);
        all.forEach((value, at) => (bytes[at] = Math.max(0, Math.min(255, value))));
        return result;
      };
    case "widen":
      return () => {
        const lower = [...new Uint8Array((given()[0] as Vector).bits.buffer)].slice(0, 8);
        halves.set(lower);
        return result;
      };
    case "dot":
      return each((lane, [a, b, c]) => {
        const weights = signedBytes(a);
        const inputs = signedBytes(b);
        let sum = integersOf(c)[lane] as number;
        for (let at = 4 * lane; at < 4 * lane + 4; at++) {
          const input = inputs[at] as number;
          if (input < 0) fail("an input of a dot product has more than seven bits");
          sum += (weights[at] as number) * input;
        }
        return sum;
      });
    case "dot-low":
      return pairs(0);
    case "dot-high":
      return pairs(8);
    case "add-pairs":
      return each((lane, [a, b]) => {
        const both = [...integersOf(a), ...integersOf(b)];
        return (both[2 * lane] as number) + (both[2 * lane + 1] as number);
      });
  }
}

/** Ties go to the even number. */
function nearest(value: number): number {
  const below = Math.floor(value);
  const over = value - below;
  if (over !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** The largest of four integers, with or without a sign, four times. */
function acrossIntegers(combine: "integer-max" | "unsigned-max", operand: Compute): Compute {
  const result = new Vector();
  return () => {
    const { bits } = operand();
    const largest = combine === "unsigned-max" ? Math.max(...bits) : Math.max(...new Int32Array(bits.buffer));
    result.bits.fill(largest);
    return result;
  };
}
