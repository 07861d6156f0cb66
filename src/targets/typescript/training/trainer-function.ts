import { elementCount } from "../../../ir/shape.ts";
import { isStatic } from "../../../ir/size.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, docComment, empty, exported, join, quoted, trustedText, types, type Code } from "../code.ts";
import { optionalAccess, propertyKey } from "../info.ts";
import { arrayType } from "./array-type.ts";
import { printStepNumber } from "./print-step-number.ts";
import { arrayOf, declarations, dimArguments, reserveFunction, sampleSize, sizeText } from "./trainer-arrays.ts";
import { chunk, loadFunction, observeFunction, partOf } from "./trainer-batch.ts";
import { averagesOf } from "./averages-of.ts";
import type { TrainerContext } from "./trainer-context.ts";
import { startStatements } from "./trainer-start.ts";
import { stateMethods } from "./trainer-state.ts";

/** `createDigitsTrainer`: the arrays, and the methods that run the programs on them. */
export function trainerFunction(unit: TrainerUnit, context: TrainerContext): Code {
  const { names } = context;
  const statements = [
    ...declarations(unit, context),
    ...startStatements(unit, context),
    reserveFunction(unit, context),
    loadFunction(unit, context),
    observeFunction(unit, context),
    ...resultFunctions(unit, context),
  ];
  const methods = [
    stepMethod(unit, context),
    ...measuringMethods(unit, context),
    forwardMethod(unit, context),
    rateMethods(unit, context),
    ...finishMethod(unit, context),
    ...stateMethods(unit, context),
  ];
  return code`${docComment([`Makes a trainer of ${unit.name}.`])}${exported}function ${names.create}(options${types`: ${names.options}`} = {})${types`: ${names.type}`} {
${join(statements, "\n")}
return {
${join(methods, "\n")}
};
}`;
}

/** Run-time dims as a method is given them. */
function readDims({ dims, name }: TrainerUnit, context: TrainerContext): Code {
  return join(
    dims.map(
      (dim) =>
        code`const ${context.dim(dim)} = ${context.support("checkDim")}(${quoted(name)}, ${quoted(dim)}, dims${optionalAccess(dim)});\n`,
    ),
    "",
  );
}

function dimsParameter({ dims }: TrainerUnit): Code {
  return dims.length === 0 ? empty : code`, dims`;
}

function counted(unit: TrainerUnit, context: TrainerContext): Code {
  return code`${context.support("countSamples")}(${quoted(unit.name)}, inputs?.length, ${sampleSize(unit.inputShape, context)})`;
}

/** A number that a step computes, by the names that rules have for it. */
function local(unit: TrainerUnit, context: TrainerContext): (name: string) => Code {
  return (name) => (name in unit.states ? code`${context.state(name)}` : trustedText(name));
}

function rateExpression(unit: TrainerUnit, context: TrainerContext): Code {
  return code`rate ?? ${printStepNumber(unit.learningRate, local(unit, context))}`;
}

function stepMethod(unit: TrainerUnit, context: TrainerContext): Code {
  const { lowered, name, outputShape } = unit;
  const { program } = lowered;
  const { support } = context;
  const loss = context.array(lowered.bufferOf("step")(program.loss.step).name);
  const outputs = elementCount(outputShape);
  const weighed = isStatic(outputs)
    ? code`if (options.classWeights !== undefined) {
${support("weighClasses")}(options.classWeights, ${arrayOf(program.target, unit, context)}, ${outputs.factor}, ${arrayOf(program.sampleWeight, unit, context)}, samples);
}\n`
    : empty;
  return code`step(inputs, targets, sampleWeights${dimsParameter(unit)}) {
${readDims(unit, context)}const samples = ${counted(unit, context)};
if (samples === 0) throw new RangeError(${quoted(`${name}: inputs has no values, expected at least one sample`)});
load(inputs, targets, sampleWeights, samples${dimArguments(unit, context)});
${weighed}${randomStatements(unit, context)}${numberStatements(unit, context)}${join(context.functions.calls.step, "\n")}
progress[0]${types`!`}++;
const total = ${loss}[0]${types`!`};
progress[1]${types`!`} += samples;
progress[2]${types`!`} += total * samples;
return total;
},`;
}

function randomStatements(unit: TrainerUnit, context: TrainerContext): Code {
  const lines = unit.lowered.program.random.map(({ tensor, distribution }) => {
    const size = unit.lowered.held.get(tensor.id)?.size ?? { factor: 0, dims: [] };
    const fill = context.support(distribution === "uniform" ? "fillUniform" : "fillNormal");
    return code`${fill}(random.next, ${arrayOf(tensor, unit, context)}, 0, 1, ${sizeText(size, context)});\n`;
  });
  return join(lines, "");
}

/** What a step computes before its kernels run: states first, of what they were, then numbers. */
function numberStatements(unit: TrainerUnit, context: TrainerContext): Code {
  const { numbers } = unit.lowered.program;
  const states = Object.entries(unit.states);
  if (numbers.length === 0 && states.length === 0) return empty;
  const named = local(unit, context);
  const lines = [
    code`const iterations = progress[0]${types`!`};`,
    code`const step = iterations + 1;`,
    code`const learning_rate = ${rateExpression(unit, context)};`,
    ...states.map(([, { next }], at) => code`const next${at} = ${printStepNumber(next, named)};`),
    ...states.map(([state], at) => code`${context.state(state)} = next${at};`),
    ...numbers.map(
      ({ tensor, value }) => code`${arrayOf(tensor, unit, context)}[0] = ${printStepNumber(value, named)};`,
    ),
  ];
  return code`${join(lines, "\n")}\n`;
}

/** `results` and `resetResults`. */
function resultFunctions({ lowered }: TrainerUnit, context: TrainerContext): readonly Code[] {
  const { metrics } = lowered.program;
  const values = metrics.map(
    ({ name, result }) =>
      code`${propertyKey(name)}: ${context.array(lowered.bufferOf("results")(result).name)}[0]${types`!`},`,
  );
  const sums = metrics.flatMap(({ sums: own }) => own.map(({ tensor }) => lowered.held.get(tensor.id)?.name ?? ""));
  return [
    code`const results = () => {
${join(context.functions.calls.results, "\n")}
return {
loss: progress[2]${types`!`} / progress[1]${types`!`},
${join(values, "\n")}
};
};`,
    code`const resetResults = () => {
progress[1] = 0;
progress[2] = 0;
${join(
  sums.map((sum) => code`${context.array(sum)}.fill(0);`),
  "\n",
)}
};`,
  ];
}

function measuringMethods(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const parameters = code`(inputs, targets, sampleWeights${dimsParameter(unit)})`;
  const measured = code`observe(inputs, targets, sampleWeights, ${counted(unit, context)}${dimArguments(unit, context)});`;
  return [
    code`observe${parameters} {
${readDims(unit, context)}${measured}
},`,
    code`results,
resetResults,`,
    code`evaluate${parameters} {
${readDims(unit, context)}resetResults();
${measured}
return results();
},`,
  ];
}

function forwardMethod(unit: TrainerUnit, context: TrainerContext): Code {
  const { lowered, name, inputShape, outputShape } = unit;
  const { program } = lowered;
  const { support } = context;
  const size = sampleSize(outputShape, context);
  const prediction = context.array(lowered.bufferOf("predict")(program.prediction).name);
  return code`forwardBatch(inputs, output${dimsParameter(unit)}) {
${readDims(unit, context)}const count = ${counted(unit, context)};
const values = output ?? new ${arrayType(unit)}(count * ${size});
${support("checkLength")}(${quoted(`${name}: output`)}, values.length, count * ${size});
for (let at = 0; at < count; at += ${chunk}) {
const samples = Math.min(${chunk}, count - at);
reserve(samples${dimArguments(unit, context)});
${support("copyNumbers")}(${quoted(`${name}: inputs`)}, ${partOf("inputs", inputShape, context)}, ${arrayOf(program.input, unit, context)}, samples * ${sampleSize(inputShape, context)});
${join(context.functions.calls.predict, "\n")}
values.set(${prediction}.subarray(0, samples * ${size}), at * ${size});
}
return values;
},`;
}

/** `finish`, of an optimizer that keeps moving averages of the weights. */
function finishMethod(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const lines = averagesOf(unit).map(
    ({ variable, tensor }) => code`${arrayOf(variable.tensor, unit, context)}.set(${arrayOf(tensor, unit, context)});`,
  );
  return lines.length === 0 ? [] : [code`finish() {\n${join(lines, "\n")}\n},`];
}

function rateMethods(unit: TrainerUnit, context: TrainerContext): Code {
  return code`get learningRate() {
const iterations = progress[0]${types`!`};
return ${rateExpression(unit, context)};
},
set learningRate(value) {
if (!Number.isFinite(value)) {
throw new RangeError(${quoted(`${unit.name}: learningRate is `)} + value + ", expected a finite number");
}
rate = value;
},`;
}
