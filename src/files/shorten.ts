/** Cuts the middle out of a text of a file for a message, beyond `length` characters. */
export function shorten(text: string, length = 80): string {
  if (text.length <= length) return text;
  const half = Math.floor((length - 3) / 2);
  return `${text.slice(0, half)}...${text.slice(-half)}`;
}
