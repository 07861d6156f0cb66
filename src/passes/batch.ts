import { addIndex, indexVariable, type Index } from "../ir/index-expression.ts";
import type { Buffer, DataBuffer, Kernel, Loop, LoopProgram, Statement } from "../ir/loops.ts";
import { forEachValue, mapValues } from "../ir/rewrite.ts";
import { dimSize, multiplySizes, sizesEqual, staticSize, type Size } from "../ir/size.ts";
import { rowVariable } from "../ops/dense.ts";
import { scratchSizes } from "../lower/graph-to-loops.ts";

/** The dim that batches add, the samples of a chunk; models with dims of their own have no batches, so that it meets no other. */
const chunkDim = "samples";

/** How large a chunk of a batch may be. */
export interface ChunkBudget {
  readonly bytes: number;
  readonly samples: number;
  /** Rows of a tile. */
  readonly multiple: number;
}

/**
 * Makes every kernel compute a number of samples known at run time, so that tiled loops meet several rows. A program
 * whose sizes depend on run-time dims stays as it is (its rows are those of one sample), and so does one without tiled
 * loops, which would gain nothing.
 */
export function batch(program: LoopProgram, chunk: ChunkBudget): LoopProgram {
  const tiled = program.kernels.some(({ plan }) => plan.strategy === "tiled loops");
  if (!tiled || program.dims.length > 0) return program;
  return {
    dims: [chunkDim],
    batch: { dim: chunkDim, chunk: chunkSamples(program, chunk) },
    input: overSamples(program.input),
    output: overSamples(program.output),
    kernels: program.kernels.map(batchKernel),
  };
}

/** A multiple of the rows of a tile: samples whose values between layers fill the budget. */
function chunkSamples(program: LoopProgram, { bytes, samples, multiple }: ChunkBudget): number {
  const perSample = [...scratchSizes(program).values()].flat().reduce((sum, { factor }) => sum + 8 * factor, 0);
  const fitting = Math.floor(bytes / Math.max(perSample, 1) / multiple) * multiple;
  // One sample of a large model is more than the budget, and memory for a whole tile of them would be wasted.
  const fewest = perSample > bytes ? 2 : multiple;
  return Math.min(Math.max(fitting, fewest), samples);
}

function overSamples<Kind extends Buffer>(buffer: Kind): Kind {
  return buffer.kind === "weights" ? buffer : { ...buffer, size: multiplySizes(buffer.size, dimSize(chunkDim)) };
}

function batchKernel(kernel: Kernel): Kernel {
  const body = mergedLoop(kernel) ?? sampleLoop(kernel);
  return {
    ...kernel,
    input: overSamples(kernel.input),
    output: overSamples(kernel.output),
    body: withBuffers(body, overSamples, (_, index) => index),
  };
}

/** A loop over what lies one after the other in a sample goes on through all samples, unless it is to be spelt out. */
function mergedLoop({ body, plan }: Kernel): readonly Statement[] | undefined {
  const [loop, ...others] = body;
  if (loop?.kind !== "for" || others.length > 0 || loop.step !== 1 || !isContiguous(loop)) return undefined;
  if (plan.strategy === "straight-line" && loop.variable !== rowVariable) return undefined;
  return [{ ...loop, to: multiplySizes(loop.to, dimSize(chunkDim)) }];
}

/** Whether the steps of a loop cut each data buffer it uses into equal parts, and choose nothing else. */
function isContiguous({ variable, to, body }: Loop): boolean {
  const stride = (index: Index): Size | undefined => index.terms.find((term) => term.variable === variable)?.stride;
  let contiguous = true;
  const access = (buffer: Buffer, index: Index): void => {
    const step = stride(index);
    contiguous &&=
      buffer.kind === "weights"
        ? step === undefined
        : step !== undefined && sizesEqual(multiplySizes(step, to), buffer.size);
  };
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === "for") visit(statement.body);
      else if (statement.kind === "store") access(statement.buffer, statement.index);
      else if (statement.kind === "index") contiguous &&= stride(statement.value) === undefined;
    }
  };
  visit(body);
  forEachValue(body, (value) => value.kind === "load" && access(value.buffer, value.index));
  return contiguous;
}

/** A loop over the samples around everything; over rows, for what has none of its own. */
function sampleLoop(kernel: Kernel): readonly Statement[] {
  const hasRows = kernel.body.some((statement) => statement.kind === "for" && statement.variable === rowVariable);
  const variable = hasRows ? "sample" : rowVariable;
  const body = withBuffers(
    kernel.body,
    (buffer) => buffer,
    (buffer, index) => addIndex(indexVariable(variable, staticSize(buffer.size.factor)), index),
  );
  return [{ kind: "for", variable, from: 0, to: dimSize(chunkDim), step: 1, body }];
}

/** Replaces the data buffers of statements, and the indices into them. */
function withBuffers(
  statements: readonly Statement[],
  replace: (buffer: DataBuffer) => DataBuffer,
  move: (buffer: DataBuffer, index: Index) => Index,
): readonly Statement[] {
  const visit = (list: readonly Statement[]): readonly Statement[] =>
    list.map((statement) => {
      if (statement.kind === "for") return { ...statement, body: visit(statement.body) };
      if (statement.kind !== "store") return statement;
      const { buffer, index } = statement;
      return { ...statement, buffer: replace(buffer), index: move(buffer, index) };
    });
  return mapValues(visit(statements), (value) =>
    value.kind === "load" && value.buffer.kind !== "weights"
      ? { ...value, buffer: replace(value.buffer), index: move(value.buffer, value.index) }
      : value,
  );
}
