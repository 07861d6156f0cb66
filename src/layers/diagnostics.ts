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
import { axisOutOfRange } from "./axis.ts";
import { denseLastAxisUnknown, denseNeedsAxis } from "./dense.ts";
import { flattenChannelsFirst } from "./flatten.ts";
import { needsMatrix } from "./keras-objects/types.ts";
import { reshapeIndivisible, reshapeSize, reshapeUnknownDim } from "./reshape.ts";
import { softmaxOfOne } from "./softmax-of-one.ts";

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
  denseLastAxisUnknown,
  denseNeedsAxis,
  flattenChannelsFirst,
  reshapeSize,
  reshapeIndivisible,
  reshapeUnknownDim,
  targetAxis,
  targetTwoUnknown,
  softmaxOfOne,
];
