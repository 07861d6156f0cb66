/** Bounds on what is said, so that no file makes more of it than somebody reads. */

/** Diagnostics of one file, with what it imports. */
export const MAX_DIAGNOSTICS = 200;

/** UTF-16 units of a message, a label, a help line: longer ones quote text that no person wrote. */
export const MAX_TEXT_LENGTH = 1_000;

/** Other places that one diagnostic shows in its frames; all of them are in its `related`. */
export const MAX_RELATED_SHOWN = 20;
