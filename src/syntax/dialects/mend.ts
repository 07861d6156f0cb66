import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Edit } from "../edit-tokens.ts";
import type { Script } from "./script.ts";

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
