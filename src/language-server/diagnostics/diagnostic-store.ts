import type { Diagnostic as LspDiagnostic } from "vscode-languageserver";
import type { FoundDiagnostics } from "./find-diagnostics.ts";

/** The diagnostics of files as they were last found, of each analysis of an open file. */
export interface DiagnosticStore {
  /** Takes what an analysis of an open file has found; answers the files whose diagnostics are others now. */
  set(path: string, found: FoundDiagnostics): readonly string[];
  /** The file is not open any more. */
  remove(path: string): readonly string[];
  report(path: string): DiagnosticReport;
}

export interface DiagnosticReport {
  readonly items: readonly LspDiagnostic[];
  /** The same for as long as the items are. */
  readonly resultId: string;
}

export function createDiagnosticStore(): DiagnosticStore {
  const found = new Map<string, FoundDiagnostics>();
  const reports = new Map<string, DiagnosticReport & { readonly json: string }>();
  let last = 0;

  const itemsOf = (path: string): readonly LspDiagnostic[] => {
    const items = [...(found.get(path)?.get(path) ?? [])];
    const known = new Set(items.map((item) => JSON.stringify(item)));
    for (const [other, files] of found) {
      if (other === path) continue;
      // Two files that import a third both find what is wrong in it.
      const fresh = (files.get(path) ?? []).filter((item) => !known.has(JSON.stringify(item)));
      items.push(...fresh);
      for (const item of fresh) known.add(JSON.stringify(item));
    }
    return items;
  };
  const update = (path: string): boolean => {
    const items = itemsOf(path);
    const json = JSON.stringify(items);
    if (json === reports.get(path)?.json) return false;
    reports.set(path, { items, json, resultId: String(++last) });
    return true;
  };
  const updateAll = (...sides: readonly (FoundDiagnostics | undefined)[]): readonly string[] =>
    [...new Set(sides.flatMap((side) => [...(side?.keys() ?? [])]))].filter(update);

  return {
    set(path, fresh) {
      const before = found.get(path);
      found.set(path, fresh);
      return updateAll(before, fresh);
    },
    remove(path) {
      const before = found.get(path);
      found.delete(path);
      return updateAll(before);
    },
    report(path) {
      if (!reports.has(path)) update(path);
      // It has just been made where there was none.
      return reports.get(path) as DiagnosticReport;
    },
  };
}
