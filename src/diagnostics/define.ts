import type { Diagnostic, Fix, RelatedPlace, Severity, Span } from "./diagnostic.ts";
import { MAX_TEXT_LENGTH } from "./limits.ts";
import type { Explanation, StatedExplanation } from "./explanation.ts";

/** The parts of a diagnostic that depend on the case at hand. */
export interface DiagnosticDetails {
  readonly message: string;
  readonly label?: string;
  readonly help?: string;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: Fix;
}

/** Makes one diagnostic from its place and arguments; carries its own catalogue entry. */
export interface DiagnosticDefinition<Arguments> {
  (span: Span | undefined, args: Arguments): Diagnostic;
  readonly code: string;
  readonly severity: Severity;
  /** When it is reported, one sentence for the catalogue. */
  readonly summary: string;
  /** What it means, and an example, for `layerc explain`. */
  readonly explain: () => StatedExplanation;
}

/**
 * Defines a diagnostic: a stable kebab-case code, its severity, a sentence for the catalogue, how the message is made, and
 * what `layerc explain` says of it. The file of the check that reports it owns the definition.
 */
export function defineDiagnostic<Arguments = void>(
  code: string,
  severity: Severity,
  summary: string,
  details: (args: Arguments) => DiagnosticDetails,
  // A function, so that a run that explains nothing doesn't make it.
  explanation: () => Explanation<NoInfer<Arguments>>,
): DiagnosticDefinition<Arguments> {
  const create = (span: Span | undefined, args: Arguments): Diagnostic => {
    const { message, label, help, related = [], fix } = details(args);
    return {
      code,
      severity,
      message: shortened(message),
      ...(label === undefined ? {} : { label: shortened(label) }),
      ...(help === undefined ? {} : { help: shortened(help) }),
      related: related.map((place) => ({ ...place, message: shortened(place.message) })),
      ...(fix === undefined ? {} : { fix: { ...fix, title: shortened(fix.title) } }),
      ...(span === undefined ? {} : { span }),
    };
  };
  const explain = (): StatedExplanation => {
    const { meaning, example } = explanation();
    if (example.kind === "source") return { meaning, example };
    const { arguments: args, ...situation } = example;
    return { meaning, example: { ...situation, diagnostic: create(undefined, args) } };
  };
  return Object.assign(create, { code, severity, summary, explain });
}

/** A text that may quote any other, cut between two characters where it is too long. */
function shortened(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text;
  return `${text.slice(0, MAX_TEXT_LENGTH).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
