import { fail } from "../../files/read-failure.ts";
import { maxRecordLength } from "../limits.ts";
import type { Place } from "./place.ts";

/** A line of a text that is not empty, and where it stands. */
export interface TextLine extends Place {
  readonly text: string;
}

/** The lines of a text that comes in pieces. */
export async function* textLines(pieces: AsyncIterable<string>): AsyncIterable<TextLine> {
  let rest = "";
  let line = 1;
  let offset = 0;
  for await (const piece of pieces) {
    rest += piece;
    let start = 0;
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n", start)) {
      const text = rest.slice(start, end);
      if (text.trim() !== "") yield { text, line, start: offset + start, end: offset + end };
      start = end + 1;
      line += 1;
    }
    offset += start;
    rest = rest.slice(start);
    if (rest.length > maxRecordLength)
      fail("too-large", `its line ${line} has more than ${maxRecordLength} characters`);
  }
  if (rest.trim() !== "") yield { text: rest, line, start: offset, end: offset + rest.length };
}
