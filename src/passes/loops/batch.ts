import type { Buffer, Kernel, LoopProgram, Statement } from "../../ir/loops.ts";
import { dimSize, multiplySizes } from "../../ir/size.ts";
import { mapAccesses } from "../../ir/visit-statements.ts";
import { rowVariable } from "../../ops/dense.ts";
import { scratchSizes } from "../../lower/graph-to-loops.ts";
import { joinLoops, sampleLoop } from "../../lower/sample-axis.ts";

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
  const body = overAllSamples(kernel);
  return {
    ...kernel,
    inputs: kernel.inputs.map(overSamples),
    output: overSamples(kernel.output),
    body: mapAccesses(body, (index) => index, overSamples),
  };
}

/**
 * A loop over what lies one after the other in a sample goes on through all samples, unless it is to be spelt out. Else a
 * loop over the samples stands around everything: over rows, for what has none of its own.
 */
function overAllSamples({ body, plan }: Kernel): readonly Statement[] {
  const hasRows = body.some((statement) => statement.kind === "for" && statement.variable === rowVariable);
  const samples = sampleLoop(body, hasRows ? "sample" : rowVariable, dimSize(chunkDim));
  const joined = joinLoops(samples);
  const isSpelledOut = plan.strategy === "straight-line" && joined?.variable !== rowVariable;
  return [joined === undefined || isSpelledOut ? samples : joined];
}
