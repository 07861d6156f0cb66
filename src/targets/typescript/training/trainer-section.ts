import type { TrainerUnit } from "../../trainer-unit.ts";
import type { Code, Identifier } from "../code.ts";
import type { Names } from "../names.ts";
import type { StepContext } from "./step-functions.ts";
import { stepFunctions } from "./step-functions.ts";
import { trainerFunction } from "./trainer-function.ts";
import { localNames, type TrainerNames } from "./trainer-names.ts";
import { trainerTypes } from "./trainer-types.ts";

/** The code of a trainer: what is its types, and what is the rest. */
export interface TrainerSection {
  readonly types: Code;
  readonly sections: readonly Code[];
}

/** Prints the trainer of a model. `dims` is the type of the model's run-time sizes. */
export function trainerSection(
  unit: TrainerUnit,
  own: TrainerNames,
  dims: Identifier,
  { names, ...given }: Pick<StepContext, "typescript" | "preformatted" | "support"> & { readonly names: Names },
): TrainerSection {
  const local = localNames(unit, names);
  const engine = unit.engine?.print({ ...given, fresh: local.fresh });
  const context = { ...given, ...local, engineStart: engine?.start };
  const functions = stepFunctions(unit, context);
  return {
    types: trainerTypes(unit, own, unit.dims.length === 0 ? undefined : dims),
    sections: [
      trainerFunction(unit, { ...context, names: own, functions }),
      ...(engine?.sections ?? []),
      ...functions.sections,
    ],
  };
}
