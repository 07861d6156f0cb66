import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, join, quoted, trustedText, type Code } from "../code.ts";
import { optionalAccess } from "../info.ts";
import { float64Literal } from "../numbers.ts";
import { initialValuesCode } from "./initial-values.ts";
import { arrayOf } from "./trainer-arrays.ts";
import type { TrainerContext } from "./trainer-context.ts";

/** What a trainer begins with: its generator, its counters, weights and what the optimizer keeps beside them. */
export function startStatements(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const { lowered, name, states } = unit;
  const { program } = lowered;
  const { support } = context;
  const given: Code[] = [];
  const made: Code[] = [];
  for (const { weight, tensor, initial } of program.variables) {
    const array = arrayOf(tensor, unit, context);
    const count = lowered.held.get(tensor.id)?.size.factor ?? 0;
    const what = quoted(`${name}: options.weights.${weight.path.join(".")}`);
    const access = code`given${weight.path.map(optionalAccess)}`;
    given.push(code`${array}.set(${support("checkNumbers")}(${what}, ${access}, ${count}));`);
    made.push(initialValuesCode(initial, array, count, support));
  }
  const filled = program.slots.flatMap(({ tensor, variable, initial }) => {
    const array = arrayOf(tensor, unit, context);
    if (initial === undefined) return [code`${array}.set(${arrayOf(variable.tensor, unit, context)});`];
    return initial === 0 ? [] : [code`${array}.fill(${trustedText(float64Literal(initial))});`];
  });
  const counters = Object.entries(states).map(
    ([state, { initial }]) => code`let ${context.state(state)} = ${trustedText(float64Literal(initial))};`,
  );
  return [
    code`const random = ${support("createRandom")}(options.seed ?? Math.random() * 2 ** 53);`,
    code`let rate = options.learningRate;\n// The number of steps, of samples seen, and the sum of their losses: in an array, for a\n// variable that changes at every step would be a new object each time.\nconst progress = new Float64Array(3);`,
    ...counters,
    code`const given = options.weights;
if (given !== undefined) {
${join(given, "\n")}
} else {
${join(made, "\n")}
}`,
    ...filled,
  ];
}
