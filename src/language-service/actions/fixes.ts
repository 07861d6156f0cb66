import { applyFixes } from "../../diagnostics/apply-fixes.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { refactoring, type ActionRequest, type CodeAction } from "./code-action.ts";

/** The fixes that diagnostics carry: each, all of a kind, and all of the file. */
export function fixes({ analysis, touched }: ActionRequest): readonly CodeAction[] {
  const { result, source } = analysis;
  const all = (diagnostics: readonly Diagnostic[]) => applyFixes(source.path, source.text, diagnostics)?.applied ?? [];
  const each = touched.flatMap((diagnostic): readonly CodeAction[] => {
    const { fix } = diagnostic;
    if (fix === undefined) return [];
    return [{ kind: "quickfix", title: fix.title, isPreferred: true, diagnostics: [diagnostic], edits: fix.edits }];
  });
  const kinds = [...new Set(touched.map(({ code }) => code))].flatMap((code): readonly CodeAction[] => {
    const applied = all(result.diagnostics.filter((diagnostic) => diagnostic.code === code));
    if (applied.length < 2) return [];
    const edits = applied.flatMap(({ fix }) => fix.edits);
    const title = `Fix all ${applied.length} of this kind (${code})`;
    return [{ kind: "quickfix", title, isPreferred: false, diagnostics: applied, edits }];
  });
  const whole = all(result.diagnostics);
  const wholeEdits = whole.flatMap(({ fix }) => fix.edits);
  return [
    ...each,
    ...kinds,
    ...(whole.length === 0
      ? []
      : [{ ...refactoring("source.fixAll", "Fix all that can be fixed", wholeEdits), diagnostics: whole }]),
  ];
}
