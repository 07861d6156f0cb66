import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Source } from "../syntax/source.ts";
import type { WeightFile } from "../weights/weight-file.ts";

/**
 * A file of a trained model as the compiler takes it: its path, and the text that an import writes, which is on no disk.
 * Messages name the file and show nothing of the text.
 */
export interface ImportedSource extends Source {
  readonly imported: {
    /** What its weights clause binds; absent where the file can't be imported. */
    readonly weights?: WeightFile;
    /** What an import says of the file. With an error among them the text is empty. */
    readonly diagnostics: readonly Diagnostic[];
    /** All other files that were read for it. */
    readonly dependencies: readonly string[];
  };
}

/** What an import has found in the file of a source; nothing for a text that somebody wrote. */
export function importedPart(source: Source): ImportedSource["imported"] | undefined {
  return "imported" in source ? (source as ImportedSource).imported : undefined;
}
