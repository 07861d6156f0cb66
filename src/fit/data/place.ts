/** A place in a file of text. */
export interface Place {
  /** From 1. */
  readonly line: number;
  /** UTF-16 offsets in the text of the file, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}
