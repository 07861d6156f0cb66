import type { Shape } from "../../../ir/shape.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, join, quoted, trustedText, types, type Code } from "../code.ts";
import { arrayOf, batchSize, dimArguments, dimParameters, sampleSize, sizeText } from "./trainer-arrays.ts";
import type { TrainerContext } from "./trainer-context.ts";

/** Samples of one go where a call has many that it only measures. */
export const chunk = 256;

/** `load`: checks a batch and copies it into the trainer's arrays, before anything else changes. */
export function loadFunction(unit: TrainerUnit, context: TrainerContext): Code {
  const { lowered, name, inputShape, outputShape, targets } = unit;
  const { input, target, sampleWeight } = lowered.program;
  const { support } = context;
  const weights = arrayOf(sampleWeight, unit, context);
  const ofTargets = quoted(`${name}: targets`);
  const ofWeights = quoted(`${name}: sampleWeights`);
  const classes = sizeText(outputShape.at(-1) ?? { factor: 1, dims: [] }, context);
  const expected = batchSize(targetShape(unit), context);
  const ignored = unit.ignored === undefined ? code`` : code`, ${unit.ignored}`;
  const copied =
    targets === "labels"
      ? code`${support("copyLabels")}(${ofTargets}, targets, ${arrayOf(target, unit, context)}, ${expected}, ${classes}${ignored});`
      : code`${support("copyNumbers")}(${ofTargets}, targets, ${arrayOf(target, unit, context)}, ${batchSize(outputShape, context)});`;
  return code`const load = (${batchParameters(unit, context, "samples")})${types`: void`} => {
${support("checkLength")}(${ofTargets}, targets?.length, ${expected});
if (sampleWeights !== undefined) ${support("checkLength")}(${ofWeights}, sampleWeights.length, samples);
reserve(samples${dimArguments(unit, context)});
${support("copyNumbers")}(${quoted(`${name}: inputs`)}, inputs, ${arrayOf(input, unit, context)}, ${batchSize(inputShape, context)});
${copied}
if (sampleWeights === undefined) ${weights}.fill(1, 0, samples);
else ${support("copyNumbers")}(${ofWeights}, sampleWeights, ${weights}, samples);
};`;
}

/** `observe`: measures samples, some at a time. */
export function observeFunction(unit: TrainerUnit, context: TrainerContext): Code {
  const { lowered, inputShape, name } = unit;
  const loss = context.array(lowered.bufferOf("observe")(lowered.program.loss.observe).name);
  const expected = targetShape(unit);
  return code`const observe = (${batchParameters(unit, context, "count")})${types`: void`} => {
${context.support("checkLength")}(${quoted(`${name}: targets`)}, targets?.length, count * ${sampleSize(expected, context)});
for (let at = 0; at < count; at += ${chunk}) {
const samples = Math.min(${chunk}, count - at);
load(
${partOf("inputs", inputShape, context)},
${partOf("targets", expected, context)},
sampleWeights && ${context.support("part")}(sampleWeights, at, at + samples),
samples${dimArguments(unit, context)},
);
${join(context.functions.calls.observe, "\n")}
progress[1]${types`!`} += samples;
progress[2]${types`!`} += ${loss}[0]${types`!`} * samples;
}
};`;
}

function batchParameters(unit: TrainerUnit, context: TrainerContext, count: "samples" | "count"): Code {
  return code`
inputs${types`: ArrayLike<number>`},
targets${types`: ArrayLike<number>`},
sampleWeights${types`: ArrayLike<number> | undefined`},
${trustedText(count)}${types`: number`}${dimParameters(unit, context)},
`;
}

/** The samples from `at` on, `samples` of them. */
export function partOf(array: "inputs" | "targets", shape: Shape, context: TrainerContext): Code {
  const size = sampleSize(shape, context);
  return code`${context.support("part")}(${trustedText(array)}, at * ${size}, (at + samples) * ${size})`;
}

/** What a caller brings for each sample. */
function targetShape({ outputShape, targets }: TrainerUnit): Shape {
  return targets === "labels" ? outputShape.slice(0, -1) : outputShape;
}
