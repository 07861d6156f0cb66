import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ImportDeclaration, ModelFile } from "../syntax/ast.ts";
import type { Source } from "../syntax/source.ts";

/** A model file with every file it imports, directly or not. Imports among them form no cycle. */
export interface Program {
  readonly entry: ModelFile;
  /** Every file that could be read, by path (`file.source.path`), the imported before those that import them. */
  readonly files: ReadonlyMap<string, ModelFile>;
  /**
   * The file each import declaration leads to, a key of `files`. An import that leads nowhere (unreadable, not
   * relative, part of a cycle) is absent: its cause has been reported, so the names it brings stay silent.
   */
  readonly imports: ReadonlyMap<ImportDeclaration, string>;
}

/** What `load` returns. */
export interface LoadResult {
  readonly program: Program;
  /** Syntax errors and import errors of all files, file by file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every source read, the entry first. */
  readonly sources: readonly Source[];
  /** The paths of the imported files, also of those that could not be read; without the entry. */
  readonly dependencies: readonly string[];
}
