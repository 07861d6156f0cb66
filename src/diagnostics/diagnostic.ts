/** A range of a source file: UTF-16 offsets, `end` exclusive. `file` is the path the file was loaded under. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export type Severity = "error" | "warning" | "hint";

/** A second place that explains a diagnostic ("the input is declared here"). */
export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
}

/** Text edits that certainly repair the cause. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

/** One finding in a user's file. Its `code` is stable and kebab-case. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** What was found and what was expected, one sentence without a final stop. */
  readonly message: string;
  /** Short text under the marked source ("'time' is known only at run time"). */
  readonly label?: string;
  /** Absent only where no place in a source file exists, e.g. a model file that can't be read. */
  readonly span?: Span;
  readonly related: readonly RelatedPlace[];
  /** What to do about it. */
  readonly help?: string;
  readonly fix?: Fix;
}

/** What every recovering stage returns: as much of the value as could be made, and all that is wrong. */
export interface Checked<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
