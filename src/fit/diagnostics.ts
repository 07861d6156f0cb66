import type { DiagnosticDefinition } from "../diagnostics/define.ts";
import { checkpointDiffers } from "./checkpoint/compare-settings.ts";
import { trainModelUnclear, trainNotCompiled } from "./choose-trained.ts";
import { dataShape } from "./data/array-rows.ts";
import { dataCellMissing, dataCellNotNumber, dataClassUnknown } from "./data/cell-reader.ts";
import { dataColumnChosenTwice } from "./data/chosen-twice.ts";
import { dataColumnCount, dataColumnTwice, dataColumnUnknown } from "./data/columns.ts";
import { dataMoreWrong } from "./data/problems.ts";
import { dataNoHeader, dataQuote, dataRowWidth } from "./data/read-csv.ts";
import { dataUnusable } from "./data/read-data.ts";
import { dataLineWrong } from "./data/read-jsonl.ts";
import { splitEmpty } from "./data/split-samples.ts";
import { trainRunTimeDims } from "./data/wanted-of.ts";
import { classWeightsWrong } from "./loop/class-weights.ts";
import { trainDiverged } from "./loop/diverged.ts";
import { trainBatchTooLarge, trainRefused } from "./loop/refused.ts";
import { validationClassesUnseen } from "./loop/unseen-classes.ts";
import { pruneLayerUnknown, pruneNothing } from "./pruning/choose-kernels.ts";
import { pruneBlocksCoarse } from "./pruning/coarse-blocks.ts";
import { pruneLostAccuracy } from "./pruning/lost-accuracy.ts";
import { pruneNoWeights } from "./pruning/no-weights.ts";
import { pruneNotTuned } from "./pruning/not-tuned.ts";
import { normalizationUnmeasured } from "./normalization-unmeasured.ts";

/** Every diagnostic of this folder, for the catalogue. */
export const fitDiagnostics: readonly DiagnosticDefinition<never>[] = [
  trainNotCompiled,
  trainModelUnclear,
  trainRunTimeDims,
  dataUnusable,
  dataNoHeader,
  dataColumnUnknown,
  dataColumnTwice,
  dataColumnChosenTwice,
  dataColumnCount,
  dataRowWidth,
  dataQuote,
  dataLineWrong,
  dataShape,
  dataCellMissing,
  dataCellNotNumber,
  dataClassUnknown,
  dataMoreWrong,
  splitEmpty,
  validationClassesUnseen,
  normalizationUnmeasured,
  classWeightsWrong,
  trainRefused,
  trainBatchTooLarge,
  trainDiverged,
  checkpointDiffers,
  pruneNoWeights,
  pruneNothing,
  pruneLayerUnknown,
  pruneBlocksCoarse,
  pruneLostAccuracy,
  pruneNotTuned,
];
