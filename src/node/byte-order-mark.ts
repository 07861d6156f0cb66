/** The byte order mark that a text in UTF-8 begins with, which decoding takes away; empty for one without. */
export function byteOrderMark([first, second, third]: Uint8Array): string {
  return first === 0xef && second === 0xbb && third === 0xbf ? "\uFEFF" : "";
}
