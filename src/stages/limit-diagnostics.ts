import { counted } from "../diagnostics/counted.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { MAX_DIAGNOSTICS } from "../diagnostics/limits.ts";

export const tooManyDiagnostics = defineDiagnostic<{ file: string; more: number }>(
  "too-many-diagnostics",
  "hint",
  `A file, with what it imports, has more than ${MAX_DIAGNOSTICS} diagnostics.`,
  ({ file, more }) => ({
    message: `'${file}' has ${counted(more, "more problem")}, not shown`,
    help: "many may have one cause: mend the first ones and check again",
  }),
  () => ({
    meaning: `After ${MAX_DIAGNOSTICS} diagnostics of a file and its imports the others are only counted; errors are shown before warnings and hints. Reports, the library and the plugins have the same ones.`,
    example: {
      kind: "situation",
      text: "A file of a thousand layers is written for a version of a block that had another name.",
      arguments: { file: "large.layers", more: 800 },
    },
  }),
);

/** The diagnostics of a file in their order, with only a count of those beyond the limit. An error is left out for no warning. */
export function limitDiagnostics(diagnostics: readonly Diagnostic[], file: string): readonly Diagnostic[] {
  const more = diagnostics.length - MAX_DIAGNOSTICS;
  if (more <= 0) return diagnostics;
  const isError = ({ severity }: Diagnostic): boolean => severity === "error";
  const places = { errors: MAX_DIAGNOSTICS, others: MAX_DIAGNOSTICS - diagnostics.filter(isError).length };
  const shown = diagnostics.filter((diagnostic) => (isError(diagnostic) ? places.errors-- > 0 : places.others-- > 0));
  return [...shown, tooManyDiagnostics(undefined, { file, more })];
}
