/** A place in a text as people and editors count: both from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The lines of one text. Lines end at `\n`, `\r\n` or `\r`, as in the lexer. */
export interface LineMap {
  readonly count: number;
  /** The place of an offset; one outside the text counts as its nearest end. */
  position(offset: number): Position;
  /** Where line `line` (from 1) starts and where its text ends, without the line end. */
  line(line: number): { readonly start: number; readonly end: number; readonly text: string };
}

/** Looks for the lines of a text once, when a place is first asked for, so that looking up others is quick. */
export function mapLines(text: string): LineMap {
  let found: Lines | undefined;
  const lines = (): Lines => (found ??= findLines(text));
  return {
    get count() {
      return lines().starts.length;
    },
    position(offset) {
      const { starts } = lines();
      const inside = Math.min(Math.max(offset, 0), text.length);
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] as number) <= inside) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: inside - (starts[low] as number) + 1 };
    },
    line(line) {
      const { starts, ends } = lines();
      const start = starts[line - 1] ?? text.length;
      const end = ends[line - 1] ?? text.length;
      return { start, end, text: text.slice(start, end) };
    },
  };
}

interface Lines {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function findLines(text: string): Lines {
  const starts = [0];
  const ends: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character !== 10 && character !== 13) continue;
    ends.push(at);
    if (character === 13 && text.charCodeAt(at + 1) === 10) at++;
    starts.push(at + 1);
  }
  ends.push(text.length);
  return { starts, ends };
}
