import type { WeightTensor } from "./graph.ts";
import { indexVariable, type Index } from "./index-expression.ts";
import { constantRange, rangeOfIndex, type IntegerRange } from "./integer-range.ts";
import { startVariables } from "./kernel-names.ts";
import type { Buffer, Kernel, Loop, LoopProgram, Statement, Value, WeightBuffer } from "./loops.ts";
import { blockSize } from "./blocks.ts";
import { packedSize } from "./panels.ts";
import { product } from "./product.ts";
import { forEachValue, type SimpleStatement } from "./visit-statements.ts";
import type { Size } from "./size.ts";

/**
 * Checks a loop program: every access stays inside its buffer, kernels write to their output and their sums only, every local is declared
 * before it is read (a looked-up index lies in its range), arrays known to the compiler have the size of their shape, loops
 * end where their step says. Throws at the first fault, which is a bug of the compiler. Run-time dims are tried at 1 and 3.
 */
export function verify(program: LoopProgram): void {
  for (const dimValue of program.dims.length === 0 ? [1] : [1, 3]) {
    for (const kernel of program.kernels) {
      const starts = Object.values(startVariables).map((start) => [start, constantRange(0)] as const);
      verifyStatements(kernel.body, { ranges: new Map(starts), locals: new Set() }, contextOf(kernel, dimValue));
    }
  }
}

/** What is known where a statement stands; statements add to it. */
interface Scope {
  readonly ranges: Map<string, IntegerRange>;
  readonly locals: Set<string>;
}

interface Context {
  readonly kernel: Kernel;
  evaluate(size: Size): number;
  fail(what: string): never;
}

function contextOf(kernel: Kernel, dimValue: number): Context {
  const name = kernel.origins.map(({ path }) => path.join("/")).join(", ") || "copy";
  return {
    kernel,
    evaluate: ({ factor, dims }) => factor * dimValue ** dims.length,
    fail(what) {
      throw new Error(`loop program of '${name}': ${what}`);
    },
  };
}

function verifyStatements(statements: readonly Statement[], outer: Scope, context: Context): void {
  const scope: Scope = { ranges: new Map(outer.ranges), locals: new Set(outer.locals) };
  for (const statement of statements) {
    if (statement.kind === "for") verifyLoop(statement, scope, context);
    else verifySimple(statement, scope, context);
  }
}

function verifyLoop({ variable, from, to, step, part, bounds, body }: Loop, scope: Scope, context: Context): void {
  const size = context.evaluate(to);
  const start = part === "pairs" ? size % 2 : from;
  const end = part === "odd" ? size % 2 : size;
  if ((end - start) % step !== 0) context.fail(`'${variable}' steps past ${end}`);
  for (const name of Object.values(bounds ?? {})) rangeOf(indexVariable(name), scope, context);
  if (end <= start) return;
  const range = { low: start, high: end - step, multiple: 1 };
  verifyStatements(body, { ...scope, ranges: new Map(scope.ranges).set(variable, range) }, context);
}

function verifySimple(statement: SimpleStatement, scope: Scope, context: Context): void {
  forEachValue([statement], (value) => verifyValue(value, scope, context));
  switch (statement.kind) {
    case "let":
    case "var":
      scope.locals.add(statement.name);
      return;
    case "add":
    case "set":
      if (!scope.locals.has(statement.name)) context.fail(`'${statement.name}' is changed before it is declared`);
      return;
    case "index":
      scope.ranges.set(statement.name, rangeOf(statement.value, scope, context));
      return;
    case "lookup":
      scope.ranges.set(statement.name, { low: 0, high: statement.size - 1, multiple: 1 });
      return;
    case "store": {
      const { name } = statement.buffer;
      const { output, sums } = context.kernel;
      if (name !== output.name && name !== sums?.name) context.fail(`a store to '${name}', which is not its output`);
      verifyAccess(statement.buffer, statement.index, scope, context);
      return;
    }
  }
}

function verifyValue(value: Value, scope: Scope, context: Context): void {
  if (value.kind === "load") verifyAccess(value.buffer, value.index, scope, context);
  if (value.kind === "local" && !scope.locals.has(value.name)) {
    context.fail(`'${value.name}' is read before it is declared`);
  }
}

function verifyAccess(buffer: Buffer, index: Index, scope: Scope, context: Context): void {
  const size = buffer.kind === "weights" ? weightBufferSize(buffer, context) : context.evaluate(buffer.size);
  const { low, high } = rangeOf(index, scope, context);
  if (low < 0 || high >= size) context.fail(`access ${low}..${high} of a buffer of ${size}`);
}

function rangeOf(index: Index, { ranges }: Scope, { evaluate, fail }: Context): IntegerRange {
  return rangeOfIndex(index, (variable) => ranges.get(variable) ?? fail(`'${variable}' is not in scope`), evaluate);
}

function weightBufferSize({ weight, layout }: WeightBuffer, context: Context): number {
  const size = weightSize(weight, context);
  const [inputs, units] = weight.shape as readonly [number, number];
  switch (layout.kind) {
    case "panels":
      return packedSize(layout, inputs, units);
    case "blocks":
      return layout.blocks.count * blockSize;
    case "row-major":
      return size;
  }
}

function weightSize({ path, shape, integers, values: numbers }: WeightTensor, context: Context): number {
  const size = product(shape);
  const values = integers ?? numbers;
  if (values !== undefined && values.length !== size) {
    context.fail(`'${path.join("/")}' has ${values.length} of ${size} values`);
  }
  return size;
}
