import type { StepTensor } from "../../../ir/step-graph.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, join, quoted, types, type Code } from "../code.ts";
import { propertyKey } from "../info.ts";
import { weightsObject } from "../weight-tree.ts";
import { totalOf } from "./metric-sums.ts";
import { progressNumbers } from "./progress.ts";
import { arrayOf } from "./trainer-arrays.ts";
import type { TrainerContext } from "./trainer-context.ts";

/**
 * `weights`, `state`, `restore` and `writeWeights`. What `state` gives, `restore` takes, whatever training has come to: weights of NaN
 * after a loss that overflowed, or a metric's sum of NaN where training goes well, as that of `poisson` at an output below 0. So of
 * arrays it looks at kind and length only.
 */
export function stateMethods(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const { name, lowered } = unit;
  const { support } = context;
  const kept = keptArrays(unit, context);
  const numbers = progressNumbers(unit).map((number) => number.name);
  const copies = kept.map(([key, array]) => code`${key}: ${array}.slice(),`);
  const values = [
    ...numbers.map((number, at) => code`${propertyKey(number)}: progress[${at}]${types`!`},`),
    code`learningRate: chosenRate ?? NaN,`,
  ];
  const live = kept.map(([key, array]) => code`${key}: ${array},`);
  const names = join([...numbers, "learningRate"].map(quoted), ", ");
  const { variables } = lowered.program;
  // As `writeModelArrays` joins them: readers split at a slash if any name has one.
  const separator = variables.some(({ weight }) => weight.path.some((part) => part.includes("."))) ? "/" : ".";
  const files = variables.map(({ weight, tensor }) => {
    const shape = join(
      weight.shape.map((axis) => code`${axis}`),
      ", ",
    );
    return code`[${quoted(weight.path.join(separator))}, [${shape}], ${arrayOf(tensor, unit, context)}],`;
  });
  return [
    code`weights: ${liveWeights(unit, context)},`,
    code`state() {
return {
model: ${quoted(name)},
arrays: {
${join(copies, "\n")}
},
numbers: {
${join(values, "\n")}
},
};
},`,
    code`restore(state) {
${support("checkState")}(${quoted(name)}, state, {
${join(live, "\n")}
}, [${names}]);
const { arrays, numbers } = state;
chosenRate = Number.isNaN(numbers["learningRate"])
? undefined
: ${support("checkRate")}(${quoted(`${name}: state.numbers.learningRate`)}, numbers["learningRate"]${types`!`});
${join(
  kept.map(([key, array]) => code`${array}.set(arrays[${key}]${types`!`});`),
  "\n",
)}
${join(
  numbers.map((number, at) => code`progress[${at}] = numbers[${quoted(number)}]${types`!`};`),
  "\n",
)}
},`,
    code`writeWeights() {
return ${support("safetensors")}([
${join(files, "\n")}
]);
},`,
  ];
}

/** The arrays of a state, by their names there. */
function keptArrays(unit: TrainerUnit, context: TrainerContext): readonly (readonly [name: Code, array: Code])[] {
  const { program } = unit.lowered;
  const array = (tensor: StepTensor): Code => code`${arrayOf(tensor, unit, context)}`;
  return [
    ...program.variables.map(
      ({ weight, tensor }) => [quoted(`weights/${weight.path.join("/")}`), array(tensor)] as const,
    ),
    ...program.slots.map(
      ({ variable, name, tensor }) =>
        [quoted(`optimizer/${variable.weight.path.join("/")}/${name}`), array(tensor)] as const,
    ),
    ...program.masks.map(
      ({ variable, tensor }) => [quoted(`masks/${variable.weight.path.join("/")}`), array(tensor)] as const,
    ),
    ...program.metrics.flatMap(({ name, sums }) =>
      sums.map((sum) => [quoted(`metrics/${name}/${sum.name}`), code`${totalOf(sum.tensor, unit, context)}`] as const),
    ),
    [quoted("random"), code`random`],
  ];
}

function liveWeights(unit: TrainerUnit, context: TrainerContext): Code {
  const arrays = unit.lowered.program.variables.map(({ weight, tensor }) => ({
    path: weight.path,
    leaf: code`${arrayOf(tensor, unit, context)}`,
  }));
  if (unit.engine === undefined) return weightsObject(arrays);
  // Memory that has grown is other memory.
  return weightsObject(arrays, (key, array) => code`get ${key}() {\nreturn ${array};\n},`);
}
