/** The text with each line end, `\r\n` and `\r` too, as `\n`. */
export function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replaceAll("\r\n", "\n").replaceAll("\r", "\n") : text;
}

/** Where in a text stands what is at an offset of it `withLineFeeds`. */
export function offsetOf(text: string, offset: number): number {
  let found = offset;
  for (let at = text.indexOf("\r\n"); at >= 0 && at < found; at = text.indexOf("\r\n", at + 2)) found += 1;
  return found;
}

/** How many lines end in a text. */
export function countLineEnds(text: string): number {
  const lines = withLineFeeds(text);
  let count = 0;
  for (let at = lines.indexOf("\n"); at >= 0; at = lines.indexOf("\n", at + 1)) count += 1;
  return count;
}
