import type { Checked, Diagnostic, Span } from "../../diagnostics/diagnostic.ts";
import type { ModelFile } from "../ast.ts";
import { bodyEnd, hasBody } from "./body-of.ts";
import type { Faults } from "./parsed-file.ts";

/**
 * What is wrong within a statement and changes nothing around it. A bracket that is missing or one too many is no such error:
 * where it was meant to stand is told from the whole file.
 */
const local: ReadonlySet<string> = new Set([
  "argument-colon",
  "expression-too-deep",
  "invalid-escape",
  "invalid-name",
  "invalid-string-character",
  "label-equals",
  "malformed-number",
  "missing-comma",
  "number-too-large",
  "python-constant",
  "stray-comma",
  "stray-doc-comment",
  "unexpected-character",
  "unexpected-token",
]);

/** Whether all errors are such as change nothing around them. */
export function areLocal(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.every(({ code }) => local.has(code));
}

/** Where the errors of a file that was parsed as a whole lie; undefined where they may have changed more than some statements. */
export function locateFaults({ value: file, diagnostics }: Checked<ModelFile>): Faults | undefined {
  if (diagnostics.length === 0) return { kind: "none" };
  if (!areLocal(diagnostics)) return undefined;
  const spans = diagnostics.flatMap(placesOf);
  const from = Math.min(...spans.map(({ start }) => start));
  const to = Math.max(...spans.map(({ end }) => end));
  const declaration = file.declarations.findIndex(({ span }) => span.start < from && to < span.end);
  const owner = file.declarations[declaration];
  if (!hasBody(owner) || bodyEnd(owner, file.source.text) === undefined) return undefined;
  // The statement before has to be one that nothing was missing behind, and the one behind has to be there.
  const first = owner.body.findIndex(({ span }) => from <= span.end);
  const last = owner.body.findIndex(({ span }) => to < span.start);
  if (first < 1 || last < first) return undefined;
  return { kind: "statements", declaration, from: first, after: last };
}

/** Every place that a diagnostic speaks of. */
export function placesOf({ span, related, fix }: Diagnostic): readonly Span[] {
  const places = [...related.map((place) => place.span), ...(fix?.edits ?? []).map((edit) => edit.span)];
  return span === undefined ? places : [span, ...places];
}
