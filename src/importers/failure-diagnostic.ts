import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import type { ReadFailure } from "../files/read-failure.ts";
import { importDamaged, importTooLarge, importUnsupported } from "./diagnostics.ts";

/** What is said of a file that can't be read. */
export function failureDiagnostic({ kind, message: reason }: ReadFailure, span: Span): Diagnostic {
  switch (kind) {
    case "damaged":
      return importDamaged(span, { reason });
    case "unsupported":
      return importUnsupported(span, { reason });
    case "too-large":
      return importTooLarge(span, { reason });
  }
}
