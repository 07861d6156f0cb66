import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { unsupportedLayer } from "./rules/unknown-layers.ts";

/**
 * Makes one diagnostic of those for layers that are not supported, at the first one: that a model has branches or convolutions
 * is one cause, however many layers it has of them. Those of another help are others.
 */
export function mergeUnsupported(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const merged: Diagnostic[] = [];
  const first = new Map<string, number>();
  for (const diagnostic of diagnostics) {
    const { code, help = "", message, span } = diagnostic;
    const at = code === unsupportedLayer.code && span !== undefined ? first.get(help) : undefined;
    const before = at === undefined ? undefined : merged[at];
    if (at === undefined || before === undefined || span === undefined) {
      if (code === unsupportedLayer.code) first.set(help, merged.length);
      merged.push(diagnostic);
    } else {
      merged[at] = { ...before, related: [...before.related, { span, message }] };
    }
  }
  return merged;
}
