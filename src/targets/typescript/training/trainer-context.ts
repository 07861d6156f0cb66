import type { StepContext, StepFunctions } from "./step-functions.ts";
import type { LocalNames, TrainerNames } from "./trainer-names.ts";

/** What the parts of a trainer are printed with. */
export interface TrainerContext extends StepContext, Pick<LocalNames, "total"> {
  readonly names: TrainerNames;
  readonly functions: StepFunctions;
}
