import { batchPart } from "./batch.ts";
import { checkPart } from "./check.ts";
import { cliffPart } from "./cliff.ts";
import { coldPart } from "./cold.ts";
import { compilePart } from "./compile.ts";
import { editorPart } from "./editor.ts";
import { enginesPart } from "./engines.ts";
import { estimatesPart } from "./estimates.ts";
import { fitPart } from "./fit.ts";
import { heapPart } from "./heap.ts";
import { int8Part } from "./int8.ts";
import { naivePart } from "./naive.ts";
import { numericsPart } from "./numerics.ts";
import type { Part } from "./part.ts";
import { prunedPart } from "./pruned.ts";
import { sizePart } from "./size.ts";
import { sweepPart } from "./sweep.ts";
import { targetsPart } from "./targets.ts";
import { tilesPart } from "./tiles.ts";
import { trainingPart } from "./training.ts";
import { unrollPart } from "./unroll.ts";
import { workloadsPart } from "./workloads.ts";

/** All parts, in the order in which they run. */
export const parts: readonly Part<unknown>[] = [
  workloadsPart,
  batchPart,
  sweepPart,
  cliffPart,
  unrollPart,
  targetsPart,
  coldPart,
  sizePart,
  compilePart,
  heapPart,
  numericsPart,
  checkPart,
  editorPart,
  trainingPart,
];

/** Parts that run only when they are named: what they find is in others too. */
export const extraParts: readonly Part<unknown>[] = [
  naivePart,
  estimatesPart,
  fitPart,
  int8Part,
  prunedPart,
  enginesPart,
  tilesPart,
];
