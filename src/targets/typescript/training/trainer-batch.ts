import type { Shape } from "../../../ir/shape.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, join, lineComments, quoted, types, type Code } from "../code.ts";
import { arrayOf } from "./trainer-arrays.ts";
import { batchSize, dimArguments, dimParameters, elementsOf, sampleSize, sizeText } from "./batch-sizes.ts";
import { sumsAdded } from "./metric-sums.ts";
import type { TrainerContext } from "./trainer-context.ts";

/** Samples of one go where a call has many that it only measures. */
export const chunk = 256;

/** The functions that take a batch: `countBatch`, `load`, `measure`. */
export function batchFunctions(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  return [countFunction(unit, context), loadFunction(unit, context), measureFunction(unit, context)];
}

/** `countBatch`: looks at the arrays of a call as a whole. */
function countFunction(unit: TrainerUnit, context: TrainerContext): Code {
  const { name, inputShape } = unit;
  const { support } = context;
  const comment = lineComments(["The number of samples of a call, all of whose arrays are as long as that."]);
  return code`${comment}const countBatch = (${samplesOf(unit, context)})${types`: number`} => {
${support("checkFlat")}(${quoted(`${name}: inputs`)}, inputs);
const count = ${support("countSamples")}(${quoted(name)}, inputs?.length, ${sampleSize(inputShape, context)});
if (count === 0) throw new RangeError(${quoted(`${name}: inputs has no values, expected at least one sample`)});
${support("checkValues")}(${quoted(`${name}: targets`)}, targets, ${elementsOf("count", targetShape(unit), context)});
if (sampleWeights !== undefined) ${support("checkValues")}(${quoted(`${name}: sampleWeights`)}, sampleWeights, count);
return count;
};`;
}

/** `load`: copies samples into the trainer's arrays, and throws at numbers that are none, before anything else changes. */
function loadFunction(unit: TrainerUnit, context: TrainerContext): Code {
  const { lowered, name, outputShape, targets } = unit;
  const { target, sampleWeight } = lowered.program;
  const { support } = context;
  const weights = arrayOf(sampleWeight, unit, context);
  const labels = targets === "labels";
  const copied = [
    quoted(`${name}: targets`),
    code`targets`,
    elementsOf("at", targetShape(unit), context),
    code`${arrayOf(target, unit, context)}`,
    batchSize(targetShape(unit), context),
    ...(labels ? [sizeText(outputShape.at(-1) ?? { factor: 1, dims: [] }, context)] : []),
    ...(labels && unit.ignored !== undefined ? [code`${unit.ignored}`] : []),
  ];
  return code`${lineComments(["Copies the samples from `at` on, and checks them."])}const load = (${samplesOf(unit, context, ["at", "samples"])})${types`: void`} => {
reserve(samples${dimArguments(unit, context)});
${copyInputs(unit, context)}
${support(labels ? "copyLabels" : "copyNumbers")}(${join(copied, ", ")});
if (sampleWeights === undefined) ${weights}.fill(1, 0, samples);
else ${support("copyNumbers")}(${quoted(`${name}: sampleWeights`)}, sampleWeights, at, ${weights}, samples);
};`;
}

/** The call that copies the inputs of the samples from `at` on, and checks them. */
export function copyInputs(unit: TrainerUnit, context: TrainerContext): Code {
  const { name, inputShape, lowered } = unit;
  const own = arrayOf(lowered.program.input, unit, context);
  return code`${context.support("copyNumbers")}(${quoted(`${name}: inputs`)}, inputs, ${elementsOf("at", inputShape, context)}, ${own}, ${batchSize(inputShape, context)});`;
}

/** `measure`: adds samples to the results, some at a time; those of all, or of none where one is wrong. */
function measureFunction(unit: TrainerUnit, context: TrainerContext): Code {
  const { lowered } = unit;
  const loss = context.array(lowered.bufferOf("observe")(lowered.program.loss.observe).name);
  const dims = dimArguments(unit, context);
  return code`${lineComments(["Adds samples to the results; none of them where one is wrong."])}const measure = (${samplesOf(unit, context, ["count", "anew"])})${types`: void`} => {
const before = resultSums().map((sums) => sums.slice());
try {
if (anew) resetResults();
for (let at = 0; at < count; at += ${chunk}) {
const samples = Math.min(${chunk}, count - at);
load(inputs, targets, sampleWeights, at, samples${dims});
${join([...context.functions.calls.observe, ...sumsAdded(unit)], "\n")}
progress[1]${types`!`} += samples;
progress[2]${types`!`} += ${loss}[0]${types`!`} * samples;
}
} catch (error) {
resultSums().forEach((sums, i) => sums.set(before[i]${types`!`}));
throw error;
}
};`;
}

/** The parameters that samples are passed in, and where they are in the arrays. */
function samplesOf(
  unit: TrainerUnit,
  context: TrainerContext,
  places: readonly (keyof typeof parameters)[] = [],
): Code {
  const more = places.map((place) => code`, ${parameters[place]}`);
  return code`
inputs${types`: ArrayLike<number>`},
targets${types`: ArrayLike<number>`},
sampleWeights${types`: ArrayLike<number> | undefined`}${join(more, "")}${dimParameters(unit, context)}`;
}

const parameters = {
  at: code`at${types`: number`}`,
  samples: code`samples${types`: number`}`,
  count: code`count${types`: number`}`,
  anew: code`anew${types`: boolean`}`,
} as const;

/** What a caller brings for each sample. */
function targetShape({ outputShape, targets }: TrainerUnit): Shape {
  return targets === "labels" ? outputShape.slice(0, -1) : outputShape;
}
