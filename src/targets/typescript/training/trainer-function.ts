import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, docComment, exported, join, types, type Code } from "../code.ts";
import { averagesOf } from "./averages-of.ts";
import { measuringMethods, resultFunctions } from "./measuring-methods.ts";
import { totalsOf } from "./metric-sums.ts";
import { rateMethods } from "./rate-methods.ts";
import { stepMethod } from "./step-method.ts";
import { arrayOf, declarations, reserveFunction } from "./trainer-arrays.ts";
import { batchFunctions } from "./trainer-batch.ts";
import type { TrainerContext } from "./trainer-context.ts";
import { startStatements } from "./trainer-start.ts";
import { stateMethods } from "./trainer-state.ts";
import { createTrainerDoc } from "./trainer-types.ts";

/** `createDigitsTrainer`: the arrays, and the methods that run the programs on them. */
export function trainerFunction(unit: TrainerUnit, context: TrainerContext): Code {
  const { names } = context;
  const statements = [
    ...declarations(unit, context),
    ...totalsOf(unit, context),
    ...startStatements(unit, context),
    reserveFunction(unit, context),
    ...resultFunctions(unit, context),
    ...batchFunctions(unit, context),
  ];
  const methods = [
    stepMethod(unit, context),
    ...measuringMethods(unit, context),
    rateMethods(unit, context),
    ...finishMethod(unit, context),
    ...stateMethods(unit, context),
  ];
  return code`${docComment(createTrainerDoc(unit))}${exported}function ${names.create}(options${types`: ${names.options}`} = {})${types`: ${names.type}`} {
${join(statements, "\n\n")}

return {
${join(methods, "\n")}
};
}`;
}

/** `finish`, of an optimizer that keeps moving averages of the weights. */
function finishMethod(unit: TrainerUnit, context: TrainerContext): readonly Code[] {
  const lines = averagesOf(unit).map(
    ({ variable, tensor }) => code`${arrayOf(variable.tensor, unit, context)}.set(${arrayOf(tensor, unit, context)});`,
  );
  return lines.length === 0 ? [] : [code`finish() {\n${join(lines, "\n")}\n},`];
}
