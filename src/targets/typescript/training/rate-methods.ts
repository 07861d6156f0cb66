import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, empty, quoted, trustedText, types, type Code } from "../code.ts";
import { printStepNumber } from "./print-step-number.ts";
import { stepLocals } from "./step-locals.ts";
import type { TrainerContext } from "./trainer-context.ts";

/** The learning rate of the next step: the one that was chosen, or else the optimizer's, of the local `iterations`. */
export function rateExpression({ learningRate }: TrainerUnit): Code {
  return code`chosenRate ?? ${printStepNumber(learningRate, (name) => trustedText(name))}`;
}

/** Whether the optimizer's learning rate changes from step to step. */
export function hasSchedule({ learningRate }: TrainerUnit): boolean {
  return stepLocals([learningRate]).has("iterations");
}

/** `learningRate`, to be read and set. */
export function rateMethods(unit: TrainerUnit, context: TrainerContext): Code {
  const iterations = hasSchedule(unit) ? code`const iterations = progress[0]${types`!`};\n` : empty;
  return code`get learningRate() {
${iterations}return ${rateExpression(unit)};
},
set learningRate(value) {
chosenRate = ${context.support("checkRate")}(${quoted(`${unit.name}: learningRate`)}, value);
},`;
}
