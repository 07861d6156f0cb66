import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, docComment, type Code, type Identifier } from "../code.ts";
import type { Names } from "../names.ts";
import type { StepContext } from "./step-functions.ts";
import { stepFunctions } from "./step-functions.ts";
import { trainerFunction } from "./trainer-function.ts";
import { localNames, type TrainerNames } from "./trainer-names.ts";
import { createTrainerDoc, trainerTypes } from "./trainer-types.ts";

/** The code of a trainer. */
export interface TrainerSection {
  readonly types: Code;
  /** Its functions, one an item. */
  readonly sections: readonly Code[];
  /** Of JavaScript: the types, and that of the function that makes it. */
  readonly declarations: Code;
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
  const ownTypes = trainerTypes(unit, own, unit.dims.length === 0 ? undefined : dims);
  return {
    types: ownTypes,
    sections: [
      trainerFunction(unit, { ...context, names: own, functions }),
      ...(engine?.sections ?? []),
      ...functions.sections,
    ],
    declarations: code`${ownTypes}\n\n${docComment(createTrainerDoc(unit))}export declare function ${own.create}(options?: ${own.options}): ${own.type};`,
  };
}
