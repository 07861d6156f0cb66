import type { ModelFile } from "../../syntax/ast.ts";

/** Where a declaration or a statement begins with the doc comment that belongs to it: what begins at `start`. */
export function startWithDocs({ comments = [], source }: ModelFile, start: number): number {
  let first = start;
  for (const { kind, span } of comments.toReversed()) {
    if (span.end > first) continue;
    if (kind !== "doc" || source.text.slice(span.end, first).trim() !== "") break;
    first = span.start;
  }
  return first;
}
