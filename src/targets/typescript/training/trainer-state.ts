import type { StepTensor } from "../../../ir/step-graph.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, join, quoted, trustedText, types, type Code, type Identifier } from "../code.ts";
import { propertyKey } from "../info.ts";
import { arrayOf } from "./trainer-arrays.ts";
import type { TrainerContext } from "./trainer-context.ts";

/** Counters of every trainer. */
const counters = ["iterations", "seen", "lossSum"] as const;

/** `weights`, `state`, `restore` and `writeWeights`. */
export function stateMethods(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const { name, states, lowered } = unit;
  const { support } = context;
  const kept = keptArrays(unit, context);
  const own = Object.keys(states);
  const copies = [
    ...kept.map(([key, array]) => code`${quoted(key)}: ${array}.slice(),`),
    code`random: random.state.slice(),`,
  ];
  const numbers = [
    ...counters.map((counter, at) => code`${trustedText(counter)}: progress[${at}]${types`!`},`),
    ...own.map((state) => code`${propertyKey(state)}: ${context.state(state)},`),
    code`rate: rate ?? NaN,`,
  ];
  const live = [...kept.map(([key, array]) => code`${quoted(key)}: ${array},`), code`random: random.state,`];
  const names = join([...counters, ...own, "rate"].map(quoted), ", ");
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
${join(numbers, "\n")}
},
};
},`,
    code`restore(state) {
${support("checkState")}(${quoted(name)}, state, {
${join(live, "\n")}
}, [${names}]);
const { arrays, numbers } = state;
${join(
  kept.map(([key, array]) => code`${array}.set(arrays[${quoted(key)}]${types`!`});`),
  "\n",
)}
random.state.set(arrays["random"]${types`!`});
${join(
  counters.map((counter, at) => code`progress[${at}] = numbers[${quoted(counter)}]${types`!`};`),
  "\n",
)}
${join(
  own.map((state) => code`${context.state(state)} = numbers[${quoted(state)}]${types`!`};`),
  "\n",
)}
rate = Number.isNaN(numbers["rate"]) ? undefined : numbers["rate"];
},`,
    code`writeWeights() {
return ${support("safetensors")}([
${join(files, "\n")}
]);
},`,
  ];
}

/** What a state has, by the keys that it has there. */
function keptArrays(unit: TrainerUnit, context: TrainerContext): readonly (readonly [string, Identifier])[] {
  const { program } = unit.lowered;
  const array = (tensor: StepTensor): Identifier => arrayOf(tensor, unit, context);
  return [
    ...program.variables.map(({ weight, tensor }) => [`weights/${weight.path.join("/")}`, array(tensor)] as const),
    ...program.slots.map(
      ({ variable, name, tensor }) => [`optimizer/${variable.weight.path.join("/")}/${name}`, array(tensor)] as const,
    ),
    ...program.metrics.flatMap(({ name, sums }) =>
      sums.map((sum) => [`metrics/${name}/${sum.name}`, array(sum.tensor)] as const),
    ),
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
