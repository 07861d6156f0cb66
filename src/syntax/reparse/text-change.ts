/** A piece of a text that another one has taken the place of: offsets in both, `end` exclusive. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

const piece = 1024;

/** The one piece in which two texts differ; undefined where they are the same. */
export function changeBetween(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  // Pieces are compared at once, which takes less time than character by character.
  while (start + piece <= shorter && isEqual(before, start, after, start)) start += piece;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let oldEnd = before.length;
  let newEnd = after.length;
  for (let least = start + piece; oldEnd >= least && newEnd >= least; oldEnd -= piece, newEnd -= piece) {
    if (!isEqual(before, oldEnd - piece, after, newEnd - piece)) break;
  }
  while (oldEnd > start && newEnd > start && before.charCodeAt(oldEnd - 1) === after.charCodeAt(newEnd - 1)) {
    oldEnd--;
    newEnd--;
  }
  return { start, oldEnd, newEnd };
}

function isEqual(before: string, from: number, after: string, at: number): boolean {
  return before.slice(from, from + piece) === after.slice(at, at + piece);
}
