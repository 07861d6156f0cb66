import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Rejected } from "./definition.ts";

/** The result of a shape rule that can't give one. */
export function rejected(diagnostic: Diagnostic): Rejected {
  return { kind: "rejected", diagnostic };
}
