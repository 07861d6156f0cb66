const longest = 40;

/** A name or a text of a user's file as messages show it: long ones are cut. */
export function shorten(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}

const shown = 6;

/** Words that could stand somewhere, for a help line: the first ones of many. */
export function listWords(words: readonly string[]): string {
  // One more takes no more room than to say that there is one.
  if (words.length <= shown + 1) return words.join(", ");
  return `${words.slice(0, shown).join(", ")} and ${words.length - shown} others, which the reference lists`;
}

/** What a message is about, within a sentence: that of a list's part begins with a word. */
export function inSentence(subject: string): string {
  return subject.replace(/^Element /, "element ");
}
