const longest = 40;

/** A name or a text of a user's file as messages show it: long ones are cut. */
export function shorten(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}
