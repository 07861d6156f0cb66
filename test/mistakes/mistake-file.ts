/** A model file with one mistake of its author. */
export interface Mistake {
  /** What is wrong, or where the author comes from. */
  readonly title: string;
  readonly source: string;
}

/**
 * The mistakes of a file. Each begins with a line `=== title`; its source follows, up to the next one or to a line that begins
 * with `--- `, behind which stands what is reported. Characters that can't be seen are written as `\u{200B}`.
 */
export function readMistakes(text: string): readonly Mistake[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [title = "", ...rest] = part.split("\n");
      const [source = ""] = rest.join("\n").split(/^--- /m);
      return { title, source: `${readEscapes(source.trimEnd())}\n` };
    });
}

/** A file as `readMistakes` reads it, with what is reported for each mistake. */
export function printMistakes(mistakes: readonly (Mistake & { readonly report: string })[]): string {
  return mistakes
    .map(({ title, source, report }) => `=== ${title}\n${writeEscapes(source)}${writeEscapes(report)}`)
    .join("\n");
}

function readEscapes(text: string): string {
  return text.replace(/\\u\{([0-9A-F]+)\}/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/** Writes by their numbers the characters that can't be seen or look like Latin letters. */
function writeEscapes(text: string): string {
  return text.replace(/[\p{Cf}\p{Script=Cyrillic}]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `\\u{${code.padStart(4, "0")}}`;
  });
}
