import type { Model } from "./model.ts";
import type { SemanticIndex } from "./semantics/semantic-index.ts";

/** What the check of a file gives. */
export interface CheckedFile {
  readonly path: string;
  /** The models the file declares that are free of errors, in order; imported ones appear only where they are used. */
  readonly models: readonly Model[];
  /** What is known of the file and of all that it imports, also where there are errors. */
  readonly index: SemanticIndex;
}
