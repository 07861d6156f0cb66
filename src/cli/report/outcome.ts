import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Source } from "../../syntax/source.ts";

/** What a command found and made; printed by `report.ts`. */
export interface Outcome {
  /** What is wrong with the command line, with the files it names or with where outputs go. Exit code 2. */
  readonly problems: readonly Diagnostic[];
  /** What is to say about the model files. Exit code 1 if one is an error. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly Source[];
  /** Exit code 1 for another reason than a diagnostic: `--check` found outputs that differ. */
  readonly failed?: boolean;
  /** Exit code 130: a signal ended it before it was through. */
  readonly interrupted?: boolean;
  /** Results for people, whole lines. */
  readonly text: string;
  /** Results for tools, the command's own fields of the JSON document. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** The exit codes of `layerc`. */
export const exitCodes = { fine: 0, wrongModel: 1, wrongCommandLine: 2, bug: 3, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Which exit code an outcome gives; a wrong command line counts before wrong models. */
export function exitCodeOf(outcome: Outcome): ExitCode {
  if (outcome.problems.length > 0) return exitCodes.wrongCommandLine;
  const wrong = outcome.failed === true || outcome.diagnostics.some(({ severity }) => severity === "error");
  if (wrong) return exitCodes.wrongModel;
  return outcome.interrupted === true ? exitCodes.interrupted : exitCodes.fine;
}

/** An outcome of a command that stopped before it did anything. */
export function stopped(problems: readonly Diagnostic[], json: Readonly<Record<string, unknown>>): Outcome {
  return { problems, diagnostics: [], sources: [], text: "", json };
}
