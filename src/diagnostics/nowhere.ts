import type { Span } from "./diagnostic.ts";

/** The place of what is made, not read from a file. */
export const nowhere: Span = { file: "", start: 0, end: 0 };
