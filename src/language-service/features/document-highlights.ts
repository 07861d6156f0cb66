import type { Analysis } from "../analysis.ts";
import { findReferences, type Reference } from "./references.ts";

/** The places of the file itself that mean what the name at an offset means. */
export function documentHighlights(analysis: Analysis, offset: number): readonly Reference[] {
  return findReferences(analysis, offset).filter(({ span }) => span.file === analysis.source.path);
}
