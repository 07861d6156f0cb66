import { formatShape } from "../../../ir/shape.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, empty, join, lineComments, quoted, trustedText, type Code } from "../code.ts";
import { optionalAccess } from "../info.ts";
import { float64Literal } from "../numbers.ts";
import { classesOf } from "./classes-of.ts";
import { initialValuesCode } from "./initial-values.ts";
import { progressNumbers } from "./progress.ts";
import { takesDrawsBack } from "./step-method.ts";
import { arrayOf } from "./trainer-arrays.ts";
import type { TrainerContext } from "./trainer-context.ts";

/** What a trainer begins with: its generator, its counters, weights and what the optimizer keeps beside them. */
export function startStatements(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const { name } = unit;
  const { support } = context;
  const initial = progressNumbers(unit).map((number) => trustedText(float64Literal(number.initial)));
  const ofOptimizer = Object.keys(unit.states);
  const more = ofOptimizer.length === 0 ? "" : `, and the optimizer's own: ${ofOptimizer.join(", ")}`;
  const known = ["weights", "seed", "learningRate", ...(classesOf(unit) === undefined ? [] : ["classWeights"])];
  const random = [
    code`const random = ${support("createRandom")}(${support("chooseSeed")}(${quoted(`${name}: options.seed`)}, options.seed));`,
    ...(takesDrawsBack(unit) ? [code`const randomBefore = random.slice();`] : []),
  ];
  const chosen = [
    code`let chosenRate = options.learningRate;
if (chosenRate !== undefined) ${support("checkRate")}(${quoted(`${name}: options.learningRate`)}, chosenRate);`,
    ...classWeights(unit, context),
  ];
  const counters = lineComments([
    `The steps taken, the samples that results are of, and the sum of their losses${more}.`,
    "An array, for a variable that changes at every step would be a new object each time.",
  ]);
  return [
    code`${refusedClassWeights(unit)}${support("checkOptions")}(${quoted(name)}, options, [${join(known.map(quoted), ", ")}]);`,
    join(random, "\n"),
    join(chosen, "\n"),
    code`${counters}const progress = Float64Array.of(${join(initial, ", ")});`,
    ...weightStatements(unit, context),
    ...slotStatements(unit, context),
    ...maskStatements(unit, context),
  ];
}

/** Where samples have no class, it is said why there are no weights of classes. */
function refusedClassWeights(unit: TrainerUnit): Code {
  if (classesOf(unit) !== undefined) return empty;
  const what = `${unit.name}: options.classWeights is for one class a sample`;
  return code`if (Object(options).classWeights !== undefined) {
throw new TypeError(${quoted(`${what}, and the targets of one are ${formatShape(unit.outputShape)}`)});
}
`;
}

function classWeights(unit: TrainerUnit, { support }: TrainerContext): readonly Code[] {
  const classes = classesOf(unit);
  if (classes === undefined) return [];
  const what = quoted(`${unit.name}: options.classWeights`);
  const known = trustedText(classes === 1 ? "Infinity" : String(classes));
  return [
    code`const classWeights = options.classWeights === undefined
? undefined
: ${support("checkClassWeights")}(${what}, options.classWeights, ${known});`,
  ];
}

/** Weights are those that are given, or what the initializers of layers make. */
function weightStatements(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const { lowered, name } = unit;
  const given: Code[] = [];
  const made: Code[] = [];
  for (const { weight, tensor, initial } of lowered.program.variables) {
    const array = arrayOf(tensor, unit, context);
    const what = quoted(`${name}: options.weights.${weight.path.join(".")}`);
    const access = code`given${weight.path.map(optionalAccess)}`;
    given.push(code`${context.support("copyWeights")}(${what}, ${access}, ${array});`);
    // Arrays begin with zeros.
    if (initial.kind === "constant" && initial.value === 0) continue;
    made.push(initialValuesCode(initial, array, lowered.held.get(tensor.id)?.size.factor ?? 0, context.support));
  }
  if (given.length === 0) return [];
  const otherwise = made.length === 0 ? code`}` : code`} else {\n${join(made, "\n")}\n}`;
  return [code`const given = options.weights;\nif (given !== undefined) {\n${join(given, "\n")}\n${otherwise}`];
}

function slotStatements(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const filled = unit.lowered.program.slots.flatMap(({ tensor, variable, initial }) => {
    const array = arrayOf(tensor, unit, context);
    if (initial === undefined) return [code`${array}.set(${arrayOf(variable.tensor, unit, context)});`];
    return initial === 0 ? [] : [code`${array}.fill(${trustedText(float64Literal(initial))});`];
  });
  return filled.length === 0 ? [] : [join(filled, "\n")];
}

/** All weights are trained until `restore` brings other masks. */
function maskStatements(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const filled = unit.lowered.program.masks.map(({ tensor }) => code`${arrayOf(tensor, unit, context)}.fill(1);`);
  return filled.length === 0 ? [] : [join(filled, "\n")];
}
