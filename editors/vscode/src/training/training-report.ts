import { mainResult } from "../../../../src/fit/main-result.ts";
import type { Results } from "./read-log.ts";

/** What `layerc train --report json` says, as far as it is used here; `src/cli/README.md` has all of it. */
export interface TrainingReport {
  readonly training: Training | null;
  readonly diagnostics: readonly TrainingFinding[];
}

export interface Training {
  readonly model: string;
  readonly end: "finished" | "stopped-early" | "interrupted" | "diverged";
  readonly before: Results;
  /** Null where it was stopped. */
  readonly after: Results | null;
  /** Null where there is nothing to keep. */
  readonly weights: string | null;
  /** Has the model bind the weights; null where it does, absent in versions of layerc before it was there. */
  readonly fix?: Fix | null;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly location: Location; readonly text: string }[];
}

interface Location {
  readonly file: string;
  readonly start?: Position;
  readonly end?: Position;
}

interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface TrainingFinding {
  readonly code: string;
  readonly severity: "error" | "warning" | "hint";
  readonly message: string;
  readonly help: string | null;
  readonly location: Location | null;
  readonly fix: Fix | null;
}

/** Reads what layerc has printed; undefined where that is no report. */
export function readReport(text: string): TrainingReport | undefined {
  try {
    const report = JSON.parse(text) as TrainingReport;
    return Array.isArray(report.diagnostics) ? report : undefined;
  } catch {
    return undefined;
  }
}

/** A finding in a line, with its place. */
export function findingText({ severity, code, message, help, location }: TrainingFinding): string {
  const { line, column } = location?.start ?? {};
  const at =
    location === null ? "" : ` (${[location.file, line, column].filter((part) => part !== undefined).join(":")})`;
  return `${severity}[${code}]: ${message}${at}${help === null ? "" : `; ${help}`}`;
}

/** How a training went, in a line: its main result before and after. */
export function resultText({ model, end, before, after, weights }: Training): string {
  const kept = weights === null ? "" : `; the weights are in ${weights}`;
  if (end === "interrupted" || after === null) return `The training of ${model} was stopped${kept}`;
  const name = mainResult(after);
  const told = (value: number | null | undefined): string =>
    typeof value === "number" ? value.toFixed(4) : "no number";
  return `${model}: ${name} ${told(before[name])} -> ${told(after[name])}${kept}`;
}
