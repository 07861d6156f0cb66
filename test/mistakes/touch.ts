import type { Fix } from "../../src/diagnostics/diagnostic.ts";

type Edit = Fix["edits"][number];

/** Whether two edits overlap, or insert at one place, so that their order would matter. */
export function touch({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
