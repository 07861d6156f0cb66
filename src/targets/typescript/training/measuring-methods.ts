import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, join, lineComments, quoted, types, type Code } from "../code.ts";
import { propertyKey } from "../info.ts";
import { arrayType } from "./array-type.ts";
import { dimArguments, dimsParameter, elementsOf, readDims, sampleSize, batchSize } from "./batch-sizes.ts";
import { chunk, copyInputs } from "./trainer-batch.ts";
import { aroundResults, sumsOf, totalOf } from "./metric-sums.ts";
import type { TrainerContext } from "./trainer-context.ts";

/** `resultSums`, `results` and `resetResults`. */
export function resultFunctions(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const { lowered } = unit;
  const { metrics } = lowered.program;
  const { before, after } = aroundResults(unit, context);
  const calls = [...before, ...context.functions.calls.results, ...after].map((call) => code`${call}\n`);
  const values = metrics.map(
    ({ name, result }) =>
      code`${propertyKey(name)}: ${context.array(lowered.bufferOf("results")(result).name)}[0]${types`!`},`,
  );
  const sums = sumsOf(unit).map((tensor) => code`${totalOf(tensor, unit, context)}`);
  return [
    code`${lineComments(["What results are made of."])}const resultSums = () => [${join([code`progress`, ...sums], ", ")}];`,
    code`const results = () => {
${join(calls, "")}return {
${join([code`loss: progress[2]${types`!`} / progress[1]${types`!`},`, ...values], "\n")}
};
};`,
    code`const resetResults = () => {
${join([code`progress.fill(0, 1, 3);`, ...sums.map((sum) => code`${sum}.fill(0);`)], "\n")}
};`,
  ];
}

/** `observe`, `results`, `resetResults`, `evaluate` and `forwardBatch`. */
export function measuringMethods(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const parameters = code`(inputs, targets, sampleWeights${dimsParameter(unit)})`;
  const dims = dimArguments(unit, context);
  const counted = code`${readDims(unit, context)}const count = countBatch(inputs, targets, sampleWeights${dims});`;
  return [
    code`observe${parameters} {
${counted}
measure(inputs, targets, sampleWeights, count, false${dims});
},`,
    code`results,`,
    code`resetResults,`,
    code`evaluate${parameters} {
${counted}
measure(inputs, targets, sampleWeights, count, true${dims});
return results();
},`,
    forwardMethod(unit, context),
  ];
}

function forwardMethod(unit: TrainerUnit, context: TrainerContext): Code {
  const { lowered, name, inputShape, outputShape } = unit;
  const { support } = context;
  const size = elementsOf("count", outputShape, context);
  const prediction = context.array(lowered.bufferOf("predict")(lowered.program.prediction).name);
  return code`forwardBatch(inputs, output${dimsParameter(unit)}) {
${readDims(unit, context)}${support("checkFlat")}(${quoted(`${name}: inputs`)}, inputs);
const count = ${support("countSamples")}(${quoted(name)}, inputs?.length, ${sampleSize(inputShape, context)});
const values = output ?? new ${arrayType(unit)}(${size});
${support("checkOutput")}(${quoted(`${name}: output`)}, values, ${size});
for (let at = 0; at < count; at += ${chunk}) {
const samples = Math.min(${chunk}, count - at);
reserve(samples${dimArguments(unit, context)});
${copyInputs(unit, context)}
${join(context.functions.calls.predict, "\n")}
values.set(${prediction}.subarray(0, ${batchSize(outputShape, context)}), ${elementsOf("at", outputShape, context)});
}
return values;
},`;
}
