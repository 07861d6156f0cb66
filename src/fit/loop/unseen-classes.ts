import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { TargetPlan } from "../data/target-plan.ts";
import type { Samples } from "../rows/samples.ts";
import { classCount, classWord, countClasses } from "./class-weights.ts";

export const validationClassesUnseen = defineDiagnostic<{ path: string; classes: readonly string[] }>(
  "validation-classes-unseen",
  "warning",
  "Classes that are validated do not occur in the training.",
  ({ path, classes }) => ({
    message: `The training has no sample of ${classes.join(", ")}, which the validation from the end of '${path}' has`,
    help: "put the rows of the file into a random order, or give the samples of the validation as a file with --validation",
  }),
  () => ({
    meaning:
      "--validation-split takes the last samples of the file, as Keras does. In a file that is sorted by class those are of classes that the network never sees.",
    example: {
      kind: "situation",
      text: "iris.csv is sorted by species, and --validation-split is 0.4.",
      arguments: { path: "iris.csv", classes: ["'virginica'"] },
      mended: "The rows of iris.csv are in a random order.",
    },
  }),
);

/** Says which classes the validation has and the training lacks, if any. */
export function warnOfUnseenClasses(
  training: Samples,
  validation: Samples,
  plan: TargetPlan,
  path: string,
): readonly Diagnostic[] {
  const classes = classCount(plan);
  if (classes === undefined) return [];
  const seen = countClasses(training, plan, classes);
  const validated = countClasses(validation, plan, classes);
  const unseen = [...validated.keys()].filter((at) => validated[at] !== 0 && seen[at] === 0);
  if (unseen.length === 0) return [];
  const names = unseen.slice(0, 10).map((at) => classWord(at, plan));
  return [validationClassesUnseen(undefined, { path, classes: names })];
}
