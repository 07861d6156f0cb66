import type { Fix } from "../diagnostics/diagnostic.ts";

/** A range of a file and the text that takes its place. Of one answer no two overlap. */
export type TextEdit = Fix["edits"][number];
