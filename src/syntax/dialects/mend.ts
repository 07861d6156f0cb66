import type { DiagnosticDefinition } from "../../diagnostics/define.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Edit } from "../edit-tokens.ts";
import { spanOf, type Script } from "./script.ts";

/** What is said of a habit of another language, and how the file reads without it. */
export interface Mend {
  readonly diagnostic: Diagnostic;
  /** What is parsed instead of what is written; by default what the fix makes. */
  readonly edits?: readonly Edit[];
  /** The index of the token at which to look for the next one; by default the next token. */
  readonly end?: number;
}

/** Looks for one habit at the token of an index. */
export type Rule = (script: Script, index: number) => Mend | undefined;

/** What is said where nothing but the text depends on the case. */
export interface Remedy {
  readonly message: string;
  readonly help?: string | undefined;
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] } | undefined;
}

/** The details of a diagnostic without those that are not given. */
export function detailsOf({ message, help, fix }: Remedy): {
  message: string;
  help?: string;
  fix?: { readonly title: string; readonly edits: readonly Edit[] };
} {
  return { message, ...(help === undefined ? {} : { help }), ...(fix === undefined ? {} : { fix }) };
}

/** What is said of the tokens from one up to another; the next habit is looked for at `end`, by default behind the first. */
type Mender = (script: Script, from: number, to: number, remedy: Remedy, end?: number) => Mend;

/** Makes mends that are told by one diagnostic. */
export function mender(diagnostic: DiagnosticDefinition<Remedy>): Mender {
  return (script, from, to, remedy, end = from + 1) => ({
    diagnostic: diagnostic(spanOf(script, from, to), remedy),
    end,
  });
}

/** The same where all that is said is a message, and there always is a fix. */
export function fixer(
  diagnostic: DiagnosticDefinition<Remedy>,
): (
  script: Script,
  from: number,
  to: number,
  message: string,
  title: string,
  edits: readonly Edit[],
  end?: number,
) => Mend {
  const mend = mender(diagnostic);
  return (script, from, to, message, title, edits, end) =>
    mend(script, from, to, { message, fix: { title, edits } }, end);
}
