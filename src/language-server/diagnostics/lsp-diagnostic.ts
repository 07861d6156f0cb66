import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as LspDiagnostic,
  type DiagnosticRelatedInformation,
} from "vscode-languageserver";
import type { Diagnostic, RelatedPlace, Severity, Span } from "../../diagnostics/diagnostic.ts";
import type { Client } from "../client.ts";
import { nowhere } from "../positions.ts";
import type { SourcePlaces } from "../source-places.ts";

/** What an editor shows a finding as. Its own hints are nearly invisible, ours are meant to be read. */
const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Information,
} as const satisfies Readonly<Record<Severity, DiagnosticSeverity>>;

/** What an editor may show greyed out. */
const unnecessary: ReadonlySet<string> = new Set(["unused-declaration"]);

/** A diagnostic as the protocol has it, at its own place, or at `at`, a related one. */
export function lspDiagnostic(
  diagnostic: Diagnostic,
  places: SourcePlaces,
  client: Client,
  at: Span | undefined = diagnostic.span,
): LspDiagnostic {
  const { code, severity, message, help } = diagnostic;
  const related = relatedPlaces(diagnostic, at);
  const lines = [message];
  if (diagnostic.label !== undefined && at === diagnostic.span) lines.push(diagnostic.label);
  if (!client.relatedInformation) lines.push(...related.map((place) => describePlace(place, places)));
  if (help !== undefined) lines.push(`help: ${help}`);
  return {
    range: at === undefined ? nowhere : (places.of(at.file)?.range(at) ?? nowhere),
    severity: severities[severity],
    code,
    source: "layerc",
    message: lines.join("\n"),
    ...(client.relatedInformation && related.length > 0
      ? { relatedInformation: related.map((place) => relatedInformation(place, places)) }
      : {}),
    ...(client.diagnosticTags && unnecessary.has(code) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

/** All other places of a finding that is shown at one of them. */
function relatedPlaces({ span, label, related }: Diagnostic, at: Span | undefined): readonly RelatedPlace[] {
  const own = span === undefined || span === at ? [] : [{ span, message: label ?? "it is here" }];
  return [...own, ...related.filter((place) => place.span !== at)];
}

function relatedInformation({ span, message }: RelatedPlace, places: SourcePlaces): DiagnosticRelatedInformation {
  return { location: places.location(span), message };
}

/** For clients that show no related places: `a.layers:3: in this use of block 'B'`. */
function describePlace({ span, message }: RelatedPlace, places: SourcePlaces): string {
  const line = places.of(span.file)?.position(span.start).line;
  return `${span.file}${line === undefined ? "" : `:${line + 1}`}: ${message}`;
}
