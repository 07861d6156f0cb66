/** Lines up to this are shown whole. */
const longest = 1000;

/** What is shown of longer ones at their begin and end. */
const [head, tail] = [120, 24];

/**
 * A text for reading, in which very long lines lack their middle: weights are texts of thousands of characters, for which editors give up
 * wrapping and colours in the whole document. The lines stay as many.
 */
export function shortenLines(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      if (line.length <= longest) return line;
      const left = (line.length - head - tail).toLocaleString("en");
      return `${line.slice(0, head)} ... ${left} characters ... ${line.slice(-tail)}`;
    })
    .join("\n");
}
