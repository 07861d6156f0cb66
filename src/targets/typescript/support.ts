import { arrayFunctions } from "./array-functions.ts";
import { checkFunctions } from "./check-functions.ts";
import { labelFunctions } from "./label-functions.ts";
import { randomFunctions } from "./training/random-functions.ts";
import { trainerFunctions } from "./training/trainer-functions.ts";
import {
  arrayNames,
  checkNames,
  labelFunctionNames,
  randomNames,
  trainerNames,
  type SupportFunction,
  type SupportName,
} from "./support-function.ts";

const functions = { ...labelFunctions, ...checkFunctions, ...arrayFunctions, ...trainerFunctions, ...randomFunctions };

/** The names of all of them. */
export const supportNames: readonly string[] = Object.keys(functions);

/**
 * Functions of generated modules that depend on no model, in the order in which a module has those that it uses. Those of
 * backends come after the checks.
 */
export function supportFunctions(backends: readonly SupportFunction[]): readonly SupportFunction[] {
  return [
    ...labelFunctionNames.map(ownFunction),
    ...checkNames.map(ownFunction),
    ...backends,
    ...arrayNames.map(ownFunction),
    ...trainerNames.map(ownFunction),
    // Those that others use stand behind them.
    ...[...randomNames].reverse().map(ownFunction),
  ];
}

function ownFunction(name: SupportName): SupportFunction {
  return { name, print: functions[name] };
}
