import { storageType } from "../../ir/storage-types.ts";
import { forEachValue } from "../../ir/visit-statements.ts";
import type { Kernel, LoopProgram, Plan, Statement } from "../../ir/loops.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { freeScratchName } from "../../lower/plan-buffers.ts";
import { budget } from "../budget.ts";
import { defaultEngine, engineBudgets } from "../engines.ts";
import type { Pass } from "../pass.ts";
import type { PlanOptions } from "../plan.ts";
import { batch } from "./batch.ts";
import { dropZeros } from "./drop-zeros.ts";
import { embedWeights } from "./embed-weights.ts";
import { forwardStores } from "./forward-stores.ts";
import { shareIndices } from "./share-indices.ts";
import { shareLoads } from "./share-loads.ts";
import { splitSums } from "./split-sums.ts";
import { sumAdditions } from "./sum-additions.ts";
import { blocksOf, tileBlocks } from "./tile-blocks.ts";
import { tile } from "./tile.ts";
import { unroll, unrolledLoops } from "./unroll.ts";

/** What loop passes know beside the program: how it is to be generated, and arrays that are part of the module. */
export interface LoopContext {
  readonly options: PlanOptions;
  readonly arrays: WeightArrays;
}

export type LoopPass = Pass<LoopProgram, LoopContext>;

/** The passes on loops, in order. Which of them a kernel gets is a matter of its plan. */
export const loopPasses: readonly LoopPass[] = [
  {
    name: "batch",
    description: "makes the kernels of a model with tiled loops compute several samples",
    run: (program, { options }) => batch(program, options.chunk ?? budget.chunk),
  },
  {
    name: "unroll",
    description: "straight-line: replaces loops by copies of their bodies",
    run: (program, { options }) => mapBodies(program, "straight-line", (body) => unroll(body, unrolledLoops(options))),
  },
  {
    name: "embed-weights",
    description: "straight-line: reads of known weights become numbers",
    run: (program, { arrays }) => mapBodies(program, "straight-line", (body) => embedWeights(body, arrays)),
  },
  {
    name: "drop-zeros",
    description: "straight-line: products with a known weight of 0 go",
    run: (program, { options }) =>
      options.keepZeros === true ? program : mapBodies(program, "straight-line", dropZeros),
  },
  {
    name: "sum-additions",
    description: "straight-line: additions to a local become one sum; terms that are zero go",
    run: (program) => mapBodies(program, "straight-line", sumAdditions),
  },
  {
    name: "forward-stores",
    description: "straight-line: what was just written is read from its local",
    run: (program) => mapBodies(program, "straight-line", forwardStores),
  },
  {
    name: "split-sums",
    description: "straight-line: sums take a few inputs, and then the next ones",
    run: splitProgram,
  },
  {
    name: "tile",
    description:
      "tiled loops: 8 units side by side, or 4 of 2 rows, on weights packed in that order, without blocks of 0",
    run: tileProgram,
  },
  {
    name: "share-loads",
    description: "an element of an input that is read twice is read once",
    run: (program) => mapBodies(program, undefined, (body, { inputs }) => shareLoads(body, inputs)),
  },
  {
    name: "share-indices",
    description: "an index that is computed twice, or in every step of a loop, is computed once",
    run: (program) => mapBodies(program, undefined, shareIndices),
  },
];

/** Changes the bodies of kernels: of those with a strategy, or of all. */
function mapBodies(
  program: LoopProgram,
  strategy: Plan["strategy"] | undefined,
  change: (body: readonly Statement[], kernel: Kernel) => readonly Statement[],
): LoopProgram {
  const kernels = program.kernels.map((kernel) =>
    strategy === undefined || kernel.plan.strategy === strategy
      ? { ...kernel, body: change(kernel.body, kernel) }
      : kernel,
  );
  return { ...program, kernels };
}

function splitProgram(program: LoopProgram, { options }: LoopContext): LoopProgram {
  const { inputsAtOnce: size } = engineBudgets[options.engine ?? defaultEngine];
  if (size === undefined) return program;
  const names = new Set(program.kernels.flatMap(({ inputs, output }) => [...inputs, output]).map(({ name }) => name));
  const sums = freeScratchName(names);
  const kernels = program.kernels.map((kernel) =>
    kernel.plan.strategy === "straight-line" ? splitSums(kernel, { size, sums }) : kernel,
  );
  return { ...program, kernels };
}

function tileProgram(program: LoopProgram, { options }: LoopContext): LoopProgram {
  const work = program.kernels.reduce((sum, { multiplyAdds }) => sum + multiplyAdds.factor, 0);
  return mapBodies(program, "tiled loops", (body, { multiplyAdds }) => {
    const blocks = blocksOf(body);
    if (blocks !== undefined) return tileBlocks(body, blocks);
    const pairs = options.pairs !== false && multiplyAdds.factor >= work * budget.pairedRowsShare;
    return tile(body, { lanes: lanesOf(body, options.panelLanes ?? 1), pairs });
  });
}

/** What panels are padded to where they are padded at all: a row of numbers that lie in words together is whole words. */
function lanesOf(body: readonly Statement[], least: number): number {
  let lanes = least;
  forEachValue(body, (value) => {
    if (least === 1 || value.kind !== "load" || value.buffer.kind !== "weights") return;
    lanes = Math.max(lanes, storageType(value.buffer.weight).panelLanes);
  });
  return lanes;
}
