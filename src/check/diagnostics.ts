import type { DiagnosticDefinition } from "../diagnostics/define.ts";
import { unknownLayer, unsupportedLayer } from "./rules/unknown-layers.ts";
import { emptyBody, misplacedClause, nestedInputMismatch, recursiveUse, shapeAssertionFailed } from "./rules/bodies.ts";
import { labelOnExpansion, missingParentheses, modelWithParentheses, notALayer } from "./rules/callees.ts";
import {
  duplicateClause,
  duplicateLabel,
  emptyWeightsPath,
  inputAfterLayer,
  labelCount,
  labelNotAString,
  missingInput,
  modelWithoutLayers,
  weightsOverlap,
} from "./rules/clauses.ts";
import { compileArgument } from "./rules/compile.ts";
import {
  binaryLossOfSoftmax,
  classesAxis,
  labelsAxis,
  logitsOfProbabilities,
  oneClass,
  probabilitiesExpected,
} from "./rules/losses.ts";
import { accuracyOfNumbers, metricTargets, topKOfAll } from "./rules/metrics.ts";
import { oneSidedOutputs, outputsBelowZero } from "./rules/output-signs.ts";
import { classCount, classesUnknown } from "./rules/places.ts";
import { duplicateMetric, nothingTrained } from "./rules/trained.ts";
import { constraintAxis, matrixRegularizer } from "./rules/trained-weights.ts";
import { clippedTwice } from "./rules/optimizers.ts";
import { scheduleLengths, scheduleOrder, unusedWarmup } from "./rules/schedules.ts";
import {
  builtinRedeclared,
  duplicateDeclaration,
  duplicateParameter,
  parameterOrder,
  unusableDimName,
} from "./rules/declarations.ts";
import { exportCollision, exportReserved } from "./rules/exports.ts";
import {
  arithmeticOperand,
  dimArithmetic,
  divisionByZero,
  letCycle,
  notAFunction,
  notAValue,
  numberNotFinite,
} from "./rules/expressions.ts";
import { unknownImport, unusedImport } from "./rules/imports.ts";
import { unusedDeclaration } from "./rules/unused.ts";
import { labelsOfRows, softmaxTwice } from "./rules/suspicious.ts";
import { duplicateLayerName, invalidLayerName, sameArrayName } from "./rules/layer-names.ts";
import {
  axisTooLarge,
  expansionTooDeep,
  expansionTooLong,
  rankTooHigh,
  repeatTooOften,
  tensorTooLarge,
  tooManyLayers,
  tooManyParameters,
} from "./rules/limits.ts";

/** Every diagnostic of the checker, for the catalogue; those of arguments and shape rules are in `layers/`. */
export const checkDiagnostics: readonly DiagnosticDefinition<never>[] = [
  emptyBody,
  misplacedClause,
  shapeAssertionFailed,
  recursiveUse,
  nestedInputMismatch,
  unknownLayer,
  unsupportedLayer,
  notALayer,
  missingParentheses,
  modelWithParentheses,
  labelOnExpansion,
  missingInput,
  duplicateClause,
  inputAfterLayer,
  modelWithoutLayers,
  emptyWeightsPath,
  weightsOverlap,
  labelNotAString,
  duplicateLabel,
  labelCount,
  compileArgument,
  oneClass,
  labelsAxis,
  classesAxis,
  probabilitiesExpected,
  logitsOfProbabilities,
  binaryLossOfSoftmax,
  outputsBelowZero,
  oneSidedOutputs,
  metricTargets,
  accuracyOfNumbers,
  topKOfAll,
  classesUnknown,
  classCount,
  nothingTrained,
  duplicateMetric,
  matrixRegularizer,
  constraintAxis,
  clippedTwice,
  scheduleLengths,
  scheduleOrder,
  unusedWarmup,
  duplicateDeclaration,
  builtinRedeclared,
  duplicateParameter,
  parameterOrder,
  unusableDimName,
  exportCollision,
  exportReserved,
  divisionByZero,
  numberNotFinite,
  dimArithmetic,
  arithmeticOperand,
  notAValue,
  notAFunction,
  letCycle,
  unknownImport,
  unusedImport,
  unusedDeclaration,
  labelsOfRows,
  softmaxTwice,
  invalidLayerName,
  duplicateLayerName,
  sameArrayName,
  tooManyLayers,
  repeatTooOften,
  expansionTooDeep,
  expansionTooLong,
  tooManyParameters,
  axisTooLarge,
  rankTooHigh,
  tensorTooLarge,
];
