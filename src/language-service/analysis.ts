import type { LineMap } from "../diagnostics/line-map.ts";
import type { CheckedSource } from "../stages/check-source.ts";
import type { ModelFile } from "../syntax/ast.ts";
import type { Source } from "../syntax/source.ts";

/** What is known of a file that is held open, in the state of one moment. All features answer from it. */
export interface Analysis extends CheckedSource {
  readonly source: Source;
  readonly lines: LineMap;
  /** The syntax tree, with whatever errors leave of it. */
  readonly file: ModelFile;
}
