import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Analysis } from "../analysis.ts";
import type { Surroundings } from "../surroundings.ts";
import type { TextEdit } from "../text-edit.ts";

/** Something that an editor offers to do to a file. Kinds are those of the Language Server Protocol. */
export interface CodeAction {
  readonly kind:
    | "quickfix"
    | "refactor.extract"
    | "refactor.inline"
    | "refactor.rewrite"
    | "source.fixAll"
    | "source.organizeImports";
  readonly title: string;
  /** Its fix is certain. */
  readonly isPreferred: boolean;
  /** What it mends. */
  readonly diagnostics: readonly Diagnostic[];
  readonly edits: readonly TextEdit[];
}

/** What is asked: for what is selected, or for an offset. */
export interface ActionRequest {
  readonly analysis: Analysis;
  readonly range: { readonly start: number; readonly end: number };
  /** The diagnostics that touch the range. */
  readonly touched: readonly Diagnostic[];
  readonly surroundings: Surroundings;
}

/** An action that mends nothing that is wrong. */
export function refactoring(kind: CodeAction["kind"], title: string, edits: readonly TextEdit[]): CodeAction {
  return { kind, title, isPreferred: false, diagnostics: [], edits };
}
