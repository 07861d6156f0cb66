import { formatShape } from "../../../ir/shape.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, docComment, join, types, type Code, type Identifier } from "../code.ts";
import { propertyKey } from "../info.ts";
import { averagesOf } from "./averages-of.ts";
import { arrayType } from "./array-type.ts";
import type { TrainerNames } from "./trainer-names.ts";

/** The types that a module exports for a trainer; `dims` is the type of the model's run-time sizes, if it has any. */
export function trainerTypes(unit: TrainerUnit, names: TrainerNames, dims: Identifier | undefined): Code {
  const { name, inputShape, outputShape, targets } = unit;
  const batch = (shape: string): string => (shape === "[]" ? "[n]" : `[n, ${shape.slice(1)}`);
  const input = batch(formatShape(inputShape));
  const output = batch(formatShape(outputShape));
  const labels = batch(formatShape(outputShape.slice(0, -1)));
  const expected = targets === "labels" ? `${labels}, the index of a class each` : output;
  const more = dims === undefined ? code`` : code`, dims: ${dims}`;
  const weighted =
    dims === undefined ? code`sampleWeights?: ArrayLike<number>` : code`sampleWeights: ArrayLike<number> | undefined`;
  const written = dims === undefined ? code`output?: ${arrayType(unit)}` : code`output: ${arrayType(unit)} | undefined`;
  const finish =
    averagesOf(unit).length === 0
      ? code``
      : code`${docComment(["The end of training: weights become their moving averages."])}finish(): void;\n`;
  const metrics = unit.lowered.program.metrics.map((metric) => code`readonly ${propertyKey(metric.name)}: number;`);
  return join(
    [
      code`${docComment([`The arrays of ${name} in training, row-major; what is written to them is trained on.`])}export interface ${names.weights} ${weightsTree(unit, arrayType(unit))}`,
      code`${docComment([`How a trainer of ${name} begins.`])}export interface ${names.options} {
${docComment(["What to go on from, as `weights` of a trainer has it; without it the layers' initializers make them."])}readonly weights?: ${weightsTree(unit, code`ArrayLike<number>`)};
${docComment(["The same seed gives the same bits; without it each trainer has another one."])}readonly seed?: number;
${docComment(["In place of the optimizer's."])}readonly learningRate?: number;
${docComment(["How much a sample of a class counts, by the index of the class; 1 where it has none."])}readonly classWeights?: Readonly<Record<number, number>>;
}`,
      code`${docComment([`What a trainer of ${name} has measured.`])}export interface ${names.metrics} {
readonly loss: number;
${join(metrics, "\n")}
}`,
      code`${docComment([`Trains ${name} by batches of samples, which lie one after the other.`])}export interface ${names.type} {
${docComment([
  `One step of the optimizer: inputs ${input}, targets ${expected}.`,
  "Returns the loss of the batch before it, with all penalties.",
])}step(inputs: ArrayLike<number>, targets: ArrayLike<number>, ${weighted}${more}): number;
${docComment(["Measures without a step; `results()` has it."])}observe(inputs: ArrayLike<number>, targets: ArrayLike<number>, ${weighted}${more}): void;
${docComment(["Means over all that `step` and `observe` have seen since the last `resetResults()`."])}results(): ${names.metrics};
resetResults(): void;
${docComment(["The results of these samples alone; what was measured before is forgotten."])}evaluate(inputs: ArrayLike<number>, targets: ArrayLike<number>, ${weighted}${more}): ${names.metrics};
${docComment([`Outputs outside of training: ${input} -> ${output}.`])}forwardBatch(inputs: ArrayLike<number>, ${written}${more}): ${arrayType(unit)};
${docComment(["What the next step takes; setting it replaces the optimizer's schedule."])}learningRate: number;
${finish}${docComment(["Live: each step changes them."])}readonly weights: ${names.weights};
${docComment(["All that training goes on from, bit for bit: plain data that can be stored and sent."])}state(): TrainerState;
${docComment(["Goes on from a state of a trainer of the same model; throws at any other, and changes nothing then."])}restore(state: TrainerState): void;
${docComment(['The weights as a safetensors file of float32, which `weights "..."` binds.'])}writeWeights(): Uint8Array<ArrayBuffer>;
}`,
    ],
    "\n\n",
  );
}

/** Types that all trainers of a module share. */
export const sharedTrainerTypes: Code = code`${docComment(["What a trainer goes on from."])}export interface TrainerState {
readonly model: string;
readonly arrays: Readonly<Record<string, Float64Array | Float32Array | Uint32Array>>;
readonly numbers: Readonly<Record<string, number>>;
}`;

/** What functions of trainers write to. */
export const numberArrayType: Code = types`type NumberArray = Float64Array | Float32Array;`;

type Tree = Map<string, Tree | readonly number[]>;

function weightsTree({ lowered }: TrainerUnit, type: Code): Code {
  const tree: Tree = new Map();
  for (const { weight } of lowered.program.variables) {
    let node = tree;
    for (const part of weight.path.slice(0, -1)) {
      const inner = (node.get(part) as Tree | undefined) ?? new Map();
      node.set(part, inner);
      node = inner;
    }
    node.set(weight.path.at(-1) as string, weight.shape);
  }
  const print = (node: Tree): Code => {
    const properties = [...node].map(([key, inner]) =>
      inner instanceof Map
        ? code`readonly ${propertyKey(key)}: ${print(inner)};`
        : code`${docComment([`[${inner.join(", ")}]`])}readonly ${propertyKey(key)}: ${type};`,
    );
    return code`{\n${join(properties, "\n")}\n}`;
  };
  return print(tree);
}
