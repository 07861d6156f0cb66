import { formatShape } from "../../../ir/shape.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, docComment, join, type Code, type Identifier } from "../code.ts";
import { propertyKey } from "../info.ts";
import { weightsInterface } from "../weight-tree.ts";
import { averagesOf } from "./averages-of.ts";
import { arrayType } from "./array-type.ts";
import { classesOf } from "./classes-of.ts";
import type { TrainerNames } from "./trainer-names.ts";

/** What stands above the function that makes a trainer. */
export function createTrainerDoc(unit: TrainerUnit): readonly string[] {
  const { name, optimizer, loss, engine } = unit;
  return [
    `Makes a trainer of ${name}: ${optimizer} minimizes ${loss}. It computes in ${engine === undefined ? "float64" : "float32, in WebAssembly where that can run"}.`,
    "",
    "A call with arrays of other lengths than it takes, or with numbers that are none, throws a",
    "RangeError or a TypeError, and changes nothing.",
  ];
}

/** The types that a module exports for a trainer; `dims` is the type of the model's run-time sizes, if it has any. */
export function trainerTypes(unit: TrainerUnit, names: TrainerNames, dims: Identifier | undefined): Code {
  return join(
    [weightsType(unit, names), optionsType(unit, names), resultsType(unit, names), trainerType(unit, names, dims)],
    "\n\n",
  );
}

function weightsType(unit: TrainerUnit, names: TrainerNames): Code {
  const doc = `The arrays of ${unit.name} in training, row-major; what is written to them is trained on.`;
  return code`${docComment([doc])}export interface ${names.weights} ${weightsTree(unit, arrayType(unit))}`;
}

function optionsType(unit: TrainerUnit, names: TrainerNames): Code {
  const weights = [
    "What to go on from, as `weights` of a trainer has it: any arrays of numbers. Without it the",
    "initializers of the layers make them.",
  ];
  const rate = "The learning rate of each step, in place of the optimizer's.";
  const ofClasses = "How much samples of a class count in steps, by the index of the class; 1 where it has none.";
  const properties = [
    code`${docComment(weights)}readonly weights?: ${weightsTree(unit, code`ArrayLike<number>`)} | undefined;`,
    code`${docComment(["A whole number: the same one gives the same bits. Without it each trainer has another one."])}readonly seed?: number | undefined;`,
    code`${docComment([rate])}readonly learningRate?: number | undefined;`,
    ...(classesOf(unit) === undefined
      ? []
      : [code`${docComment([ofClasses])}readonly classWeights?: Readonly<Record<number, number>> | undefined;`]),
  ];
  return code`${docComment([`How a trainer of ${unit.name} begins.`])}export interface ${names.options} {
${join(properties, "\n")}
}`;
}

function resultsType({ name, lowered }: TrainerUnit, names: TrainerNames): Code {
  const metrics = lowered.program.metrics.map((metric) => code`readonly ${propertyKey(metric.name)}: number;`);
  return code`${docComment([`What a trainer of ${name} has measured.`])}export interface ${names.metrics} {
${join([code`readonly loss: number;`, ...metrics], "\n")}
}`;
}

function trainerType(unit: TrainerUnit, names: TrainerNames, dims: Identifier | undefined): Code {
  const { name, inputShape, outputShape, targets, engine } = unit;
  const batch = (shape: string): string => (shape === "[]" ? "[n]" : `[n, ${shape.slice(1)}`);
  const input = batch(formatShape(inputShape));
  const output = batch(formatShape(outputShape));
  const labels = batch(formatShape(outputShape.slice(0, -1)));
  const expected = targets === "labels" ? `${labels}, each the index of a class` : output;
  const more = dims === undefined ? code`` : code`, dims: ${dims}`;
  const weighted =
    dims === undefined ? code`sampleWeights?: ArrayLike<number>` : code`sampleWeights: ArrayLike<number> | undefined`;
  const given = code`(inputs: ArrayLike<number>, targets: ArrayLike<number>, ${weighted}${more})`;
  const written = dims === undefined ? code`output?: ${arrayType(unit)}` : code`output: ${arrayType(unit)} | undefined`;
  const finish = code`${docComment(["The end of training: weights become their moving averages."])}finish(): void;`;
  const members = [
    code`${docComment([
      `One step of the optimizer on any number of samples, one after the other: inputs ${input},`,
      `targets ${expected}. Returns the loss before it, with all penalties.`,
    ])}step${given}: number;`,
    code`${docComment(["Measures samples without a step, for `results()`."])}observe${given}: void;`,
    code`${docComment(["Means over all that `step` and `observe` have seen since the last `resetResults()`."])}results(): ${names.metrics};`,
    code`resetResults(): void;`,
    code`${docComment(["The results of these samples alone; what was measured before is forgotten."])}evaluate${given}: ${names.metrics};`,
    code`${docComment([
      `Outputs outside of training: ${input} -> ${output}.`,
      "`output` must not share memory with the inputs.",
    ])}forwardBatch(inputs: ArrayLike<number>, ${written}${more}): ${arrayType(unit)};`,
    code`${docComment(["What the next step takes; setting it replaces the optimizer's schedule."])}learningRate: number;`,
    ...(averagesOf(unit).length === 0 ? [] : [finish]),
    code`${docComment([
      "Live: each step changes them, and what is written to them is trained on.",
      ...(engine === undefined
        ? []
        : ["Take an array from here anew after a batch that is larger than all before: the old one is empty then."]),
    ])}readonly weights: ${names.weights};`,
    code`${docComment(["All that training goes on from, bit for bit: plain data that can be stored and sent."])}state(): TrainerState;`,
    code`${docComment(["Goes on from a state of a trainer of the same model; throws at any other, and changes nothing then."])}restore(state: TrainerState): void;`,
    code`${docComment(['The weights as a safetensors file of float32, which `weights "..."` binds.'])}writeWeights(): Uint8Array<ArrayBuffer>;`,
  ];
  return code`${docComment([`Trains ${name}.`])}export interface ${names.type} {
${join(members, "\n")}
}`;
}

/** What a module with trainers exports once. */
export const sharedTrainerTypes: Code = code`${docComment(["What a trainer goes on from."])}export interface TrainerState {
readonly model: string;
readonly arrays: Readonly<Record<string, Float64Array | Float32Array | Uint32Array>>;
readonly numbers: Readonly<Record<string, number>>;
}`;

/** What functions of trainers write to. */
export const numberArrayType: Code = code`type NumberArray = Float64Array | Float32Array;`;

function weightsTree({ lowered }: TrainerUnit, type: Code): Code {
  return weightsInterface(
    lowered.program.variables.map(({ weight }) => weight),
    type,
  );
}
