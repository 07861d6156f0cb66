import { dottedNames } from "./dotted-names.ts";
import * as clauses from "./foreign-clauses.ts";
import * as calls from "./foreign-calls.ts";
import * as declarations from "./foreign-declarations.ts";
import { foreignArguments } from "./foreign-arguments.ts";
import { foreignInputs } from "./foreign-inputs.ts";
import { foreignComments } from "./foreign-comments.ts";
import { compileForms } from "./foreign-compile.ts";
import * as strings from "./foreign-strings.ts";
import * as expressions from "./foreign-expressions.ts";
import { foreignFunctions } from "./foreign-functions.ts";
import * as values from "./foreign-values.ts";
import { importForms, includes, required } from "./import-forms.ts";
import * as names from "./foreign-names.ts";
import * as blocks from "./foreign-blocks.ts";
import * as brackets from "./foreign-brackets.ts";
import * as loops from "./foreign-loops.ts";
import * as statements from "./foreign-statements.ts";
import { groupedLayers } from "./grouped-layers.ts";
import * as bodies from "./indented-bodies.ts";
import * as signs from "./layer-signs.ts";
import type { Rule } from "./mend.ts";
import { integerDivisions } from "./integer-divisions.ts";
import { layersInLets } from "./let-layers.ts";
import * as misplaced from "./misplaced.ts";
import * as needless from "./needless-arguments.ts";
import * as labels from "./misplaced-labels.ts";
import * as objects from "./object-bodies.ts";
import { prefixForms } from "./foreign-prefix.ts";
import { runTimeAxes } from "./run-time-axes.ts";
import { objectArguments } from "./object-arguments.ts";
import { torchCalls } from "./torch-calls.ts";
import { tuples } from "./tuples.ts";

/** Every habit that is looked for, in the order in which they are tried at a place. */
export const rules: readonly Rule[] = [
  brackets.argumentBrackets,
  brackets.earlyBraces,
  brackets.nestedComments,
  blocks.functionBlocks,
  blocks.blocksWithoutParameters,
  blocks.selfParameters,
  blocks.changedLets,
  bodies.indentedBodies,
  bodies.indentedRepeats,
  bodies.parenthesizedRepeats,
  groupedLayers,
  labels.letLayers,
  misplaced.declarationsInBodies,
  misplaced.clausesAtTop,
  misplaced.compileAtTop,
  layersInLets,
  declarations.exported,
  declarations.layerWords,
  declarations.valuesWithoutLet,
  declarations.types,
  declarations.dimValues,
  declarations.modelHeads,
  foreignInputs,
  foreignArguments,
  objectArguments,
  calls.addedLayers,
  calls.sequentialInBody,
  calls.assignedModels,
  calls.appliedLayers,
  calls.newLayers,
  loops.foreignLoops,
  loops.repeatWithoutCount,
  loops.multipliedLayers,
  loops.comprehensions,
  statements.conditionalValues,
  statements.conditions,
  statements.returned,
  statements.statementsAtTop,
  runTimeAxes,
  objects.listedLayers,
  objects.options,
  objects.labelsOfLets,
  clauses.clauseSigns,
  clauses.inputForms,
  clauses.inputShapes,
  clauses.outputClause,
  clauses.compiledModels,
  compileForms,
  clauses.labelForms,
  clauses.weightForms,
  prefixForms,
  labels.labelBehind,
  labels.labelSigns,
  labels.namesInQuotes,
  names.foreignLetters,
  names.numberedNames,
  names.hyphenatedNames,
  labels.numberedLayers,
  signs.signsBetweenLayers,
  signs.misusedArrows,
  signs.colonForArrow,
  strings.docStrings,
  strings.prefixedStrings,
  strings.windowsPaths,
  strings.openStrings,
  needless.needlessSizes,
  needless.penalties,
  needless.appliedActivations,
  needless.targetShapes,
  values.sizesWithoutList,
  values.argumentsOfDense,
  values.functions,
  values.labelsWithoutQuotes,
  strings.backticks,
  foreignFunctions,
  integerDivisions,
  expressions.percentages,
  expressions.decimalCommas,
  expressions.indexes,
  expressions.comparisons,
  expressions.unpacked,
  expressions.doubledCommas,
  expressions.missingEquals,
  foreignComments,
  importForms,
  includes,
  required,
  torchCalls,
  tuples,
  dottedNames,
];
