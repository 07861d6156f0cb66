import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { applyFixes } from "../../diagnostics/apply-fixes.ts";
import type { Analysis } from "../analysis.ts";
import type { TextEdit } from "../text-edit.ts";

/** Something that an editor offers to do to a file. */
export interface CodeAction {
  readonly kind:
    | "quickfix"
    | "refactor.extract"
    | "refactor.inline"
    | "refactor.rewrite"
    | "source.fixAll"
    | "source.organizeImports";
  readonly title: string;
  /** The one that is certainly meant. */
  readonly isPreferred: boolean;
  /** What it mends. */
  readonly diagnostics: readonly Diagnostic[];
  readonly edits: readonly TextEdit[];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What can be done to what is selected, or to what stands at an offset. */
export async function codeActions(analysis: Analysis, range: Range): Promise<readonly CodeAction[]> {
  return [...fixes(analysis, range), ...fixesOfKinds(analysis, range)];
}

/** The fix of each diagnostic that touches a range. */
function fixes({ result, source }: Analysis, range: Range): readonly CodeAction[] {
  return touching(result.diagnostics, source.path, range).flatMap((diagnostic): readonly CodeAction[] => {
    const { fix } = diagnostic;
    if (fix === undefined) return [];
    const { title, edits } = fix;
    return [{ kind: "quickfix", title, isPreferred: true, diagnostics: [diagnostic], edits }];
  });
}

/** All fixes of the kinds that touch a range, where there are several of one. */
function fixesOfKinds({ result, source }: Analysis, range: Range): readonly CodeAction[] {
  const codes = new Set(touching(result.diagnostics, source.path, range).map(({ code }) => code));
  return [...codes].flatMap((code): readonly CodeAction[] => {
    const all = result.diagnostics.filter((diagnostic) => diagnostic.code === code);
    const applied = applyFixes(source.path, source.text, all)?.applied ?? [];
    if (applied.length < 2) return [];
    const title = `Fix all ${applied.length} of this kind (${code})`;
    const edits = applied.flatMap(({ fix }) => fix.edits);
    return [{ kind: "quickfix", title, isPreferred: false, diagnostics: applied, edits }];
  });
}

function touching(diagnostics: readonly Diagnostic[], path: string, range: Range): readonly Diagnostic[] {
  return diagnostics.filter(
    ({ span }) => span !== undefined && span.file === path && span.start <= range.end && range.start <= span.end,
  );
}
