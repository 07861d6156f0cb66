import type { StepNumber } from "../../../ir/step-number.ts";
import { forEachStatement } from "../../../ir/visit-statements.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, join, trustedText, types, type Code } from "../code.ts";
import { dimArguments, dimsParameter, readDims, sizeText } from "./batch-sizes.ts";
import { classesOf } from "./classes-of.ts";
import { printStepNumber } from "./print-step-number.ts";
import { rateExpression, hasSchedule } from "./rate-methods.ts";
import { sumsAdded } from "./metric-sums.ts";
import { stepLocals } from "./step-locals.ts";
import { arrayOf } from "./trainer-arrays.ts";
import type { TrainerContext } from "./trainer-context.ts";
import { progressNumbers } from "./progress.ts";

/** `step`: whatever is wrong with a batch is found before anything of the trainer has changed. */
export function stepMethod(unit: TrainerUnit, context: TrainerContext): Code {
  const { lowered } = unit;
  const { program } = lowered;
  const dims = dimArguments(unit, context);
  const loss = context.array(lowered.bufferOf("step")(program.loss.step).name);
  const classes = classesOf(unit);
  const weighed =
    classes === undefined
      ? []
      : [
          code`if (classWeights !== undefined) {
${context.support("weighClasses")}(classWeights, ${arrayOf(program.target, unit, context)}, ${classes}, ${arrayOf(program.sampleWeight, unit, context)}, samples);
}`,
        ];
  const { before, after } = numberStatements(unit, context);
  const lines = [
    code`const samples = countBatch(inputs, targets, sampleWeights${dims});`,
    code`load(inputs, targets, sampleWeights, 0, samples${dims});`,
    ...weighed,
    ...before,
    ...stepCalls(unit, context),
    ...sumsAdded(unit),
    ...after,
    code`const total = ${loss}[0]${types`!`};`,
    code`progress[0]${types`!`}++;`,
    code`progress[1]${types`!`} += samples;`,
    code`progress[2]${types`!`} += total * samples;`,
    code`return total;`,
  ];
  return code`step(inputs, targets, sampleWeights${dimsParameter(unit)}) {\n${readDims(unit, context)}${join(lines, "\n")}\n},`;
}

/** Draws the random numbers and calls the functions. An index that is none is found in between, and takes the draw back. */
function stepCalls(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const { random } = unit.lowered.program;
  const draws = random.map(({ tensor, distribution }) => {
    const size = unit.lowered.held.get(tensor.id)?.size ?? { factor: 0, dims: [] };
    const fill = context.support(distribution === "uniform" ? "fillUniform" : "fillNormal");
    return code`${fill}(random, ${arrayOf(tensor, unit, context)}, 0, 1, ${sizeText(size, context)});`;
  });
  const calls = context.functions.calls.step;
  if (!takesDrawsBack(unit)) return [...draws, ...calls];
  return [
    code`randomBefore.set(random);`,
    ...draws,
    code`try {\n${join(calls, "\n")}\n} catch (error) {\nrandom.set(randomBefore);\nthrow error;\n}`,
  ];
}

/** Whether a step may fail after it has drawn random numbers. */
export function takesDrawsBack({ lowered }: TrainerUnit): boolean {
  let found = false;
  for (const { body } of lowered.kernels.step) {
    forEachStatement(body, ({ kind }) => {
      found ||= kind === "lookup";
    });
  }
  return found && lowered.program.random.length > 0;
}

/** The numbers of a step, computed of the states that come next; these are carried on behind all that may fail. */
function numberStatements(
  unit: TrainerUnit,
  context: TrainerContext,
): { readonly before: readonly Code[]; readonly after: readonly Code[] } {
  const { numbers } = unit.lowered.program;
  const states = Object.entries(unit.states);
  const places = progressNumbers(unit);
  const placeOf = (state: string): number => places.findIndex(({ name }) => name === state);
  const needed = stepLocals([...states.map(([, { next }]) => next), ...numbers.map(({ value }) => value)]);
  const next = new Map(states.map(([state], at) => [state, `next${at}`]));
  const print = (value: StepNumber, states: (name: string) => Code | undefined): Code =>
    printStepNumber(value, (name) => states(name) ?? trustedText(localNames[name] ?? name));
  const old = (name: string): Code | undefined =>
    next.has(name) ? code`progress[${placeOf(name)}]${types`!`}` : undefined;
  const renewed = (name: string): Code | undefined => {
    const own = next.get(name);
    return own === undefined ? undefined : trustedText(own);
  };
  const isCounted =
    needed.has("step") || needed.has("iterations") || (needed.has("learning_rate") && hasSchedule(unit));
  return {
    before: [
      ...(isCounted ? [code`const iterations = progress[0]${types`!`};`] : []),
      ...(needed.has("step") ? [code`const step = iterations + 1;`] : []),
      ...(needed.has("learning_rate") ? [code`const learningRate = ${rateExpression(unit)};`] : []),
      ...states.map(([state, value]) => code`const ${trustedText(next.get(state) ?? "")} = ${print(value.next, old)};`),
      ...numbers.map(({ tensor, value }) => code`${arrayOf(tensor, unit, context)}[0] = ${print(value, renewed)};`),
    ],
    after: states.map(([state]) => code`progress[${placeOf(state)}] = ${trustedText(next.get(state) ?? "")};`),
  };
}

/** What code calls the numbers that rules are stated in. */
const localNames: Readonly<Record<string, string>> = { learning_rate: "learningRate" };
