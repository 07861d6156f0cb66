import type { StepTensor } from "../../../ir/step-graph.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, join, quoted, types, type Code, type Identifier } from "../code.ts";
import { propertyKey } from "../info.ts";
import { totalOf } from "./metric-sums.ts";
import { progressNumbers } from "./progress.ts";
import { arrayOf } from "./trainer-arrays.ts";
import type { TrainerContext } from "./trainer-context.ts";

/** `weights`, `state`, `restore` and `writeWeights`. */
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
    code`weights: ${weightsObject(unit, context)},`,
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
${join(
  kept.map(([key, array]) => code`${array}.set(arrays[${key}]${types`!`});`),
  "\n",
)}
${join(
  numbers.map((number, at) => code`progress[${at}] = numbers[${quoted(number)}]${types`!`};`),
  "\n",
)}
chosenRate = Number.isNaN(numbers["learningRate"]) ? undefined : numbers["learningRate"];
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
    ...program.metrics.flatMap(({ name, sums }) =>
      sums.map((sum) => [quoted(`metrics/${name}/${sum.name}`), code`${totalOf(sum.tensor, unit, context)}`] as const),
    ),
    [quoted("random"), code`random`],
  ];
}

type Tree = Map<string, Tree | Identifier>;

function weightsObject(unit: TrainerUnit, context: TrainerContext): Code {
  const tree: Tree = new Map();
  for (const { weight, tensor } of unit.lowered.program.variables) {
    let node = tree;
    for (const part of weight.path.slice(0, -1)) {
      const inner = (node.get(part) as Tree | undefined) ?? new Map();
      node.set(part, inner);
      node = inner;
    }
    node.set(weight.path.at(-1) as string, arrayOf(tensor, unit, context));
  }
  const print = (node: Tree): Code => {
    const properties = [...node].map(([key, item]) =>
      item instanceof Map
        ? code`${propertyKey(key)}: ${print(item)},`
        : unit.engine === undefined
          ? code`${propertyKey(key)}: ${item},`
          : // Memory that has grown is other memory.
            code`get ${propertyKey(key)}() {\nreturn ${item};\n},`,
    );
    return code`{\n${join(properties, "\n")}\n}`;
  };
  return print(tree);
}
