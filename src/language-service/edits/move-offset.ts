import type { TextEdit } from "../text-edit.ts";

/** Where an offset of a file is after edits of it; the start of what is replaced stays before it, its end behind. */
export function moveOffset(offset: number, edits: readonly TextEdit[], side: "start" | "end"): number {
  return edits.reduce((sum, { span, text }) => {
    const isBefore = side === "start" ? span.end <= offset && span.start < offset : span.end <= offset;
    return isBefore ? sum + text.length - (span.end - span.start) : sum;
  }, offset);
}
