import type { StepContext, StepFunctions } from "./step-functions.ts";
import type { TrainerNames } from "./trainer-names.ts";

/** What the parts of a trainer are printed with. */
export interface TrainerContext extends StepContext {
  readonly names: TrainerNames;
  readonly functions: StepFunctions;
}
