import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { SourceText } from "../../diagnostics/render.ts";

/** Collects what there is to say while a training is prepared. */
export interface Preparing {
  /** Exit code 2. */
  readonly problems: Diagnostic[];
  /** Exit code 1, if one is an error. */
  readonly diagnostics: Diagnostic[];
  readonly sources: SourceText[];
}
