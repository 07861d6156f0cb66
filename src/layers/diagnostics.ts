import type { DiagnosticDefinition } from "../diagnostics/define.ts";
import {
  duplicateArgument,
  missingArgument,
  positionalAfterNamed,
  tooManyArguments,
  unknownArgument,
} from "./arguments/bind.ts";
import { keywordAsString, unknownKeyword } from "./arguments/keyword.ts";
import { argumentRange, notAnInteger } from "./arguments/numbers.ts";
import { targetAxis, targetTwoUnknown } from "./arguments/target-shape.ts";
import { argumentType, unknownFunction, unknownName } from "./arguments/wrong-type.ts";
import { axisNotHalved } from "./activated-shape.ts";
import { axisOutOfRange, axisRepeated, axisSizeUnknown } from "./axis.ts";
import { denseLastAxisUnknown, denseNeedsAxis } from "./dense.ts";
import { noiseShapeMismatch } from "./dropout.ts";
import { einsumMismatch } from "./einsum-dense.ts";
import { embeddingMask } from "./embedding.ts";
import { poolingRank } from "./global-pooling.ts";
import { groupsIndivisible } from "./group-normalization.ts";
import { needsMatrix } from "./keras-objects/types.ts";
import { normalizationPair, normalizationValues } from "./normalization.ts";
import { permuteDims } from "./permute.ts";
import { repeatVectorRank } from "./repeat-vector.ts";
import { rescalingValues } from "./rescaling.ts";
import { reshapeIndivisible, reshapeSize, reshapeUnknownDim } from "./reshape.ts";
import { softmaxOfOne } from "./softmax-of-one.ts";
import { spatialDropoutRank } from "./spatial-dropout1d.ts";
import { timeDistributedRank } from "./time-distributed.ts";

/** Every diagnostic of arguments and shape rules, for the catalogue. */
export const layerDiagnostics: readonly DiagnosticDefinition<never>[] = [
  missingArgument,
  unknownArgument,
  duplicateArgument,
  tooManyArguments,
  positionalAfterNamed,
  argumentType,
  argumentRange,
  notAnInteger,
  keywordAsString,
  unknownKeyword,
  needsMatrix,
  unknownName,
  unknownFunction,
  axisOutOfRange,
  axisRepeated,
  axisSizeUnknown,
  axisNotHalved,
  denseLastAxisUnknown,
  denseNeedsAxis,
  noiseShapeMismatch,
  spatialDropoutRank,
  einsumMismatch,
  permuteDims,
  repeatVectorRank,
  rescalingValues,
  groupsIndivisible,
  normalizationPair,
  normalizationValues,
  embeddingMask,
  poolingRank,
  timeDistributedRank,
  reshapeSize,
  reshapeIndivisible,
  reshapeUnknownDim,
  targetAxis,
  targetTwoUnknown,
  softmaxOfOne,
];
