import type { Index } from "../ir/index-expression.ts";
import type { DataBuffer } from "../ir/loops.ts";
import type { Size } from "../ir/size.ts";
import {
  lanes,
  samplesDim,
  type VectorBuffer,
  type VectorKernel,
  type VectorLoop,
  type VectorProgram,
  type VectorStatement,
  type VectorValue,
} from "./vector-loops.ts";

/** Elements by which a vector that is read may run over the end of its buffer: memory goes on behind it. */
const overrun = lanes - 1;

/** The elements of a packed array; given by who packs it. */
export type PackedLength = (buffer: Exclude<VectorBuffer, DataBuffer>) => number;

/**
 * Checks a program on vectors: every store and every number that is read lies inside its buffer, vectors run over an end
 * by three elements at most, locals are declared before they are read. Throws at the first fault, which is a bug of the
 * compiler. A program may count on a number of samples. Run-time dims are tried at 1 and 3, samples on either side of the
 * size of a tile.
 */
export function verifyVectors(program: VectorProgram, packedLength: PackedLength, fewestSamples = 1): void {
  for (const samples of [1, 5, 6, 13].filter((count) => count >= fewestSamples)) {
    for (const dim of program.dims.length === 0 ? [1] : [1, 3]) {
      for (const kernel of program.kernels) verifyKernel(kernel, samples, dim, packedLength);
    }
  }
}

/** What is known of an integer: it lies between two numbers and is a multiple of a third; of 0 if it is 0. */
interface Range {
  readonly low: number;
  readonly high: number;
  readonly multiple: number;
}

type Ranges = ReadonlyMap<string, Range>;

function verifyKernel(kernel: VectorKernel, samples: number, dim: number, packedLength: PackedLength): void {
  const name = kernel.origins.map(({ path }) => path.join("/")).join(", ") || "copy";
  const fail = (what: string): never => {
    throw new Error(`vector program of '${name}' for ${samples} samples: ${what}`);
  };
  const evaluate = ({ factor, dims }: Size): number =>
    dims.reduce((product, one) => product * (one === samplesDim ? samples : dim), factor);
  const integer = (name: string, ranges: Ranges): Range => ranges.get(name) ?? fail(`'${name}' is not in scope`);
  const rangeOf = (index: Index, ranges: Ranges): Range =>
    index.terms.reduce<Range>((sum, { variable, stride }) => {
      const range = integer(variable, ranges);
      const factor = evaluate(stride);
      const ends = [range.low * factor, range.high * factor];
      return {
        low: sum.low + Math.min(...ends),
        high: sum.high + Math.max(...ends),
        multiple: divisor(sum.multiple, range.multiple * factor),
      };
    }, constantRange(index.constant));

  const access = (buffer: VectorBuffer, index: Index, length: number, over: number, ranges: Ranges): void => {
    const size = buffer.kind === "weights" ? packedLength(buffer) : evaluate(buffer.size) * samples;
    const { low, high } = rangeOf(index, ranges);
    if (low < 0 || high + length > size + over) fail(`access ${low}..${high + length - 1} of a buffer of ${size}`);
  };

  const check = (value: VectorValue, ranges: Ranges, locals: ReadonlySet<string>): void => {
    switch (value.kind) {
      case "load":
        if (value.access === "splat") access(value.buffer, value.index, 1, 0, ranges);
        else access(value.buffer, value.index, lanes, overrun, ranges);
        return;
      case "local":
        if (!locals.has(value.name)) fail(`'${value.name}' is read before it is declared`);
        return;
      case "const":
      case "size":
        return;
      case "half":
      case "unary":
      case "across":
      case "lane":
      case "first":
        return check(value.operand, ranges, locals);
      case "binary":
        return [value.left, value.right].forEach((operand) => check(operand, ranges, locals));
      case "multiply-add":
        return [value.a, value.b, value.c].forEach((operand) => check(operand, ranges, locals));
      case "select":
        return [value.left, value.right, value.then, value.otherwise].forEach((operand) =>
          check(operand, ranges, locals),
        );
    }
  };

  const loopRange = (loop: VectorLoop, ranges: Ranges): Range | undefined => {
    if (loop.step < 1) fail(`the loop over '${loop.variable}' never ends`);
    const from = typeof loop.from === "number" ? constantRange(loop.from) : integer(loop.from.local, ranges);
    const to = "local" in loop.to ? integer(loop.to.local, ranges).high : evaluate(loop.to);
    const multiple = divisor(from.multiple, loop.step);
    const high = Math.floor((to - 1) / multiple) * multiple;
    return to <= from.low ? undefined : { low: from.low, high, multiple };
  };

  const visit = (
    statements: readonly VectorStatement[],
    outerRanges: Ranges,
    outerLocals: ReadonlySet<string>,
  ): void => {
    const ranges = new Map(outerRanges);
    const locals = new Set(outerLocals);
    for (const statement of statements) {
      switch (statement.kind) {
        case "let":
        case "var":
          check(statement.value, ranges, locals);
          locals.add(statement.name);
          break;
        case "set":
          check(statement.value, ranges, locals);
          if (!locals.has(statement.name)) fail(`'${statement.name}' is changed before it is declared`);
          break;
        case "index":
          ranges.set(statement.name, rangeOf(statement.value, ranges));
          break;
        case "at-most": {
          const limit = evaluate(statement.end) - statement.margin;
          const { low, high, multiple } = rangeOf(statement.value, ranges);
          const range = { low: Math.min(low, limit), high: Math.min(high, limit), multiple: divisor(multiple, limit) };
          ranges.set(statement.name, range);
          break;
        }
        case "whole": {
          const size = evaluate(statement.size);
          ranges.set(statement.name, constantRange(size - (size % statement.step)));
          break;
        }
        case "lookup":
          check(statement.value, ranges, locals);
          ranges.set(statement.name, { low: 0, high: statement.size - 1, multiple: 1 });
          break;
        case "store":
          check(statement.value, ranges, locals);
          if (statement.count < 1 || statement.count > lanes) fail(`a store of ${statement.count} numbers of a vector`);
          access(statement.buffer, statement.index, statement.count, 0, ranges);
          break;
        case "if-at-least":
          visit(evaluate(statement.size) >= statement.count ? statement.then : statement.otherwise, ranges, locals);
          break;
        case "for": {
          const range = loopRange(statement, ranges);
          if (range !== undefined) visit(statement.body, new Map(ranges).set(statement.variable, range), locals);
          break;
        }
      }
    }
  };
  visit(kernel.body, new Map(), new Set());
}

function constantRange(value: number): Range {
  return { low: value, high: value, multiple: Math.abs(value) };
}

/** The greatest common divisor; 0 with any number is that number. */
function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(Math.abs(b), Math.abs(a) % Math.abs(b));
}
