import type { Checked } from "../../diagnostics/diagnostic.ts";
import type { ModelFile } from "../ast.ts";

/** A file as it was parsed, with what the next parse has to know of it. */
export interface ParsedFile extends Checked<ModelFile> {
  /** Where the errors are; absent where they are not known to have stayed within a piece of one body. */
  readonly faults?: Faults;
  /** Whether all of it has been searched for habits of other languages. */
  readonly isSearched: boolean;
}

/** All errors of a file lie among some statements of one of its bodies; there may be none. */
export type Faults =
  | { readonly kind: "none" }
  /** `from` is the first statement, `after` the one behind the last. */
  | { readonly kind: "statements"; readonly declaration: number; readonly from: number; readonly after: number };
