/** A line of a text that is of the language, of Python, or of both. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** How many more `(` and `[` it opens than it closes. */
  readonly brackets: number;
  /** The same of `{`. */
  readonly braces: number;
}

/** Strings, and comments of both languages; `//` divides in Python, so that there it is none behind a value. */
const quiet = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|#.*|(?<![\w)\]]\s*)\/\/.*|\/\/\/.*/g;

/** The lines of a text, with the brackets that they open and close. */
export function pythonLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)) {
    const [, line = ""] = match;
    const start = match.index;
    const signs = line.replaceAll(quiet, "");
    const count = (opening: RegExp, closing: RegExp): number =>
      (signs.match(opening)?.length ?? 0) - (signs.match(closing)?.length ?? 0);
    const [brackets, braces] = [count(/[([]/g, /[)\]]/g), count(/\{/g, /\}/g)];
    lines.push({ start, end: start + line.length, text: line, brackets, braces });
    if (match[2] === "") break;
  }
  return lines;
}
