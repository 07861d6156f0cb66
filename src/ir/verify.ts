import type { WeightTensor } from "./graph.ts";
import type { Index } from "./index-expression.ts";
import { startVariables } from "./kernel-names.ts";
import type { Buffer, Kernel, LoopProgram, Statement, WeightBuffer } from "./loops.ts";
import { packedSize } from "./panels.ts";
import { forEachValue } from "./visit-statements.ts";
import type { Size } from "./size.ts";

/**
 * Checks a loop program: every access stays inside its buffer, every local is declared before it is read (a looked-up
 * index lies in its range), arrays known to the compiler have the size of their shape, loops end where their step says.
 * Throws at the first fault, which is a bug of the compiler. Run-time dims are tried at 1 and 3.
 */
export function verify(program: LoopProgram): void {
  for (const dimValue of program.dims.length === 0 ? [1] : [1, 3]) {
    for (const kernel of program.kernels) verifyKernel(kernel, dimValue);
  }
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function verifyKernel(kernel: Kernel, dimValue: number): void {
  const name = kernel.origins.map(({ path }) => path.join("/")).join(", ") || "copy";
  const fail = (what: string): never => {
    throw new Error(`loop program of '${name}': ${what}`);
  };
  const evaluate = (size: Size): number => size.factor * dimValue ** size.dims.length;
  const starts = new Map<string, Range>(Object.values(startVariables).map((start) => [start, { low: 0, high: 0 }]));

  const rangeOf = (index: Index, ranges: ReadonlyMap<string, Range>): Range =>
    index.terms.reduce<Range>(
      (sum, { variable, stride }) => {
        const range = ranges.get(variable) ?? fail(`'${variable}' is not in scope`);
        return { low: sum.low + range.low * evaluate(stride), high: sum.high + range.high * evaluate(stride) };
      },
      { low: index.constant, high: index.constant },
    );
  const weightSize = ({ path, shape, values }: WeightTensor): number => {
    const size = shape.reduce((a, b) => a * b, 1);
    if (values !== undefined && values.length !== size)
      fail(`'${path.join("/")}' has ${values.length} of ${size} values`);
    return size;
  };
  const weightBufferSize = ({ weight, layout }: WeightBuffer): number => {
    const size = weightSize(weight);
    const [inputs, units] = weight.shape as readonly [number, number];
    return layout.kind === "panels" ? packedSize(layout, inputs, units) : size;
  };
  const access = (buffer: Buffer, index: Index, ranges: ReadonlyMap<string, Range>): void => {
    const size = buffer.kind === "weights" ? weightBufferSize(buffer) : evaluate(buffer.size);
    const { low, high } = rangeOf(index, ranges);
    if (low < 0 || high >= size) fail(`access ${low}..${high} of a buffer of ${size}`);
  };

  const visit = (
    statements: readonly Statement[],
    outerRanges: ReadonlyMap<string, Range>,
    outerLocals: ReadonlySet<string>,
  ): void => {
    const ranges = new Map(outerRanges);
    const locals = new Set(outerLocals);
    for (const statement of statements) {
      if (statement.kind === "for") {
        const to = evaluate(statement.to);
        const from = statement.part === "pairs" ? to % 2 : statement.from;
        const end = statement.part === "odd" ? to % 2 : to;
        if ((end - from) % statement.step !== 0) fail(`'${statement.variable}' steps past ${end}`);
        if (end <= from) continue;
        const range = { low: from, high: end - statement.step };
        visit(statement.body, new Map(ranges).set(statement.variable, range), locals);
        continue;
      }
      if (statement.kind === "index") {
        ranges.set(statement.name, rangeOf(statement.value, ranges));
        continue;
      }
      forEachValue([statement], (value) => {
        if (value.kind === "load") access(value.buffer, value.index, ranges);
        if (value.kind === "local" && !locals.has(value.name)) fail(`'${value.name}' is read before it is declared`);
      });
      if (statement.kind === "store") access(statement.buffer, statement.index, ranges);
      else if (statement.kind === "lookup") ranges.set(statement.name, { low: 0, high: statement.size - 1 });
      else if (statement.kind === "let" || statement.kind === "var") locals.add(statement.name);
      else if (!locals.has(statement.name)) fail(`'${statement.name}' is changed before it is declared`);
    }
  };
  visit(kernel.body, starts, new Set());
}
