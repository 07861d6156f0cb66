import type { CheckResult } from "../../stages/check-source.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Source } from "../../syntax/source.ts";

/** The code of `unusedDeclaration`, which the checker loads. */
const unused = "unused-declaration";

/**
 * The diagnostics of several files of a run, each once: a file that several import is reported by each of them. What a file
 * does not use may be for one that imports it.
 */
export function gatherDiagnostics(
  results: readonly Pick<CheckResult, "diagnostics" | "dependencies">[],
): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  const imported = new Set(results.flatMap(({ dependencies }) => dependencies));
  for (const diagnostic of results.flatMap((result) => result.diagnostics)) {
    const { code, span, message } = diagnostic;
    if (code === unused && imported.has(span?.file ?? "")) continue;
    const key = JSON.stringify([code, span, message]);
    if (!seen.has(key)) seen.set(key, diagnostic);
  }
  return [...seen.values()];
}

/** Every source of a run, once. */
export function gatherSources(results: readonly Pick<CheckResult, "sources">[]): readonly Source[] {
  return [...new Map(results.flatMap((result) => result.sources).map((source) => [source.path, source])).values()];
}
