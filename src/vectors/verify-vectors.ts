import type { Index } from "../ir/index-expression.ts";
import { constantRange, divisor, rangeOfIndex, type IntegerRange } from "../ir/integer-range.ts";
import type { DataBuffer } from "../ir/loops.ts";
import { samplesDim } from "../ir/samples.ts";
import type { Size } from "../ir/size.ts";
import {
  lanes,
  type VectorBuffer,
  type VectorKernel,
  type VectorLoop,
  type VectorProgram,
  type VectorStatement,
  type VectorValue,
} from "./vector-loops.ts";
import { forEachNode, valueOf } from "./visit-vectors.ts";

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
      for (const kernel of program.kernels) {
        const context = contextOf(kernel, samples, dim, (buffer, evaluate) =>
          buffer.kind === "weights" ? packedLength(buffer) : evaluate(buffer.size) * samples,
        );
        verifyStatements(kernel.body, { ranges: new Map(), locals: new Set() }, context);
      }
    }
  }
}

/** The same for kernels whose buffers say themselves how they grow with the samples. */
export function verifyKernels(kernels: readonly Pick<VectorKernel, "origins" | "body">[]): void {
  for (const samples of [1, 5, 6, 13]) {
    for (const dim of [1, 3]) {
      for (const kernel of kernels) {
        const context = contextOf(kernel, samples, dim, (buffer, evaluate) => {
          if (buffer.kind === "weights") throw new Error("a step has no weights but its variables");
          return evaluate(buffer.size);
        });
        verifyStatements(kernel.body, { ranges: new Map(), locals: new Set() }, context);
      }
    }
  }
}

/** What is known where a statement stands; statements add to it. */
interface Scope {
  readonly ranges: Map<string, IntegerRange>;
  readonly locals: Set<string>;
}

interface Context {
  evaluate(size: Size): number;
  /** Elements of a buffer. */
  sizeOf(buffer: VectorBuffer): number;
  fail(what: string): never;
}

function contextOf(
  kernel: Pick<VectorKernel, "origins">,
  samples: number,
  dim: number,
  elements: (buffer: VectorBuffer, evaluate: Context["evaluate"]) => number,
): Context {
  const name = kernel.origins.map(({ path }) => path.join("/")).join(", ") || "copy";
  const evaluate = ({ factor, dims }: Size): number =>
    dims.reduce((product, one) => product * (one === samplesDim ? samples : dim), factor);
  return {
    evaluate,
    sizeOf: (buffer) => elements(buffer, evaluate),
    fail(what) {
      throw new Error(`vector program of '${name}' for ${samples} samples: ${what}`);
    },
  };
}

function verifyStatements(statements: readonly VectorStatement[], outer: Scope, context: Context): void {
  const scope: Scope = { ranges: new Map(outer.ranges), locals: new Set(outer.locals) };
  for (const statement of statements) {
    const value = valueOf(statement);
    if (value !== undefined) forEachNode(value, (node) => verifyValue(node, scope, context));
    verifyStatement(statement, scope, context);
  }
}

/** A statement, but for the value that it computes. */
function verifyStatement(statement: VectorStatement, scope: Scope, context: Context): void {
  const { ranges, locals } = scope;
  const { evaluate, fail } = context;
  switch (statement.kind) {
    case "let":
    case "var":
      locals.add(statement.name);
      return;
    case "set":
      if (!locals.has(statement.name)) fail(`'${statement.name}' is changed before it is declared`);
      return;
    case "index":
      ranges.set(statement.name, rangeOf(statement.value, scope, context));
      return;
    case "at-most":
      ranges.set(statement.name, limitedRange(statement, scope, context));
      return;
    case "whole": {
      const size = evaluate(statement.size);
      ranges.set(statement.name, constantRange(size - (size % statement.step)));
      return;
    }
    case "lookup":
      ranges.set(statement.name, { low: 0, high: statement.size - 1, multiple: 1 });
      return;
    case "store":
      if (statement.count < 1 || statement.count > lanes) fail(`a store of ${statement.count} numbers of a vector`);
      verifyAccess(statement.buffer, statement.index, { length: statement.count, over: 0 }, scope, context);
      return;
    case "if-at-least":
      verifyStatements(
        evaluate(statement.size) >= statement.count ? statement.then : statement.otherwise,
        scope,
        context,
      );
      return;
    case "for": {
      const range = loopRange(statement, scope, context);
      if (range === undefined) return;
      const inside = { ...scope, ranges: new Map(ranges).set(statement.variable, range) };
      verifyStatements(statement.body, inside, context);
      return;
    }
  }
}

/** A value, but for its operands. */
function verifyValue(value: VectorValue, scope: Scope, context: Context): void {
  if (value.kind === "local" && !scope.locals.has(value.name)) {
    context.fail(`'${value.name}' is read before it is declared`);
  }
  if (value.kind !== "load") return;
  const extent = value.access === "splat" ? { length: 1, over: 0 } : { length: lanes, over: overrun };
  verifyAccess(value.buffer, value.index, extent, scope, context);
}

/** `over`: elements by which an access may run over the end of its buffer. */
function verifyAccess(
  buffer: VectorBuffer,
  index: Index,
  { length, over }: { readonly length: number; readonly over: number },
  scope: Scope,
  context: Context,
): void {
  const size = context.sizeOf(buffer);
  const { low, high } = rangeOf(index, scope, context);
  if (low < 0 || high + length > size + over) {
    context.fail(`access ${low}..${high + length - 1} of a buffer of ${size}`);
  }
}

/** The steps of a loop; nothing where it takes none. */
function loopRange(loop: VectorLoop, scope: Scope, context: Context): IntegerRange | undefined {
  if (loop.step < 1) context.fail(`the loop over '${loop.variable}' never ends`);
  const from = typeof loop.from === "number" ? constantRange(loop.from) : integer(loop.from.local, scope, context);
  const to = "local" in loop.to ? integer(loop.to.local, scope, context).high : context.evaluate(loop.to);
  const multiple = divisor(from.multiple, loop.step);
  const high = Math.floor((to - 1) / multiple) * multiple;
  return to <= from.low ? undefined : { low: from.low, high, multiple };
}

function limitedRange(
  { value, end, margin }: Extract<VectorStatement, { kind: "at-most" }>,
  scope: Scope,
  context: Context,
): IntegerRange {
  const { low, high, multiple } = rangeOf(value, scope, context);
  const ends = "local" in end ? integer(end.local, scope, context) : constantRange(context.evaluate(end));
  const [least, most] = [ends.low - margin, ends.high - margin];
  const common = least === most ? divisor(multiple, most) : 1;
  return { low: Math.min(low, least), high: Math.min(high, most), multiple: common };
}

function rangeOf(index: Index, scope: Scope, context: Context): IntegerRange {
  return rangeOfIndex(index, (variable) => integer(variable, scope, context), context.evaluate);
}

function integer(name: string, { ranges }: Scope, { fail }: Context): IntegerRange {
  return ranges.get(name) ?? fail(`'${name}' is not in scope`);
}
