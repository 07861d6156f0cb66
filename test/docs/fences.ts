/** A fenced block of a Markdown text. */
export interface Fence {
  /** The first word behind the backticks: `layers`, `console`, `ts`, `text`. */
  readonly language: string;
  /** What follows the language: the name of a file, for instance. */
  readonly words: readonly string[];
  readonly content: string;
  /** Where the content lies in the text. */
  readonly start: number;
  readonly end: number;
  /** The block follows the one before it with nothing but white space between them. */
  readonly adjoins: boolean;
}

/** The fenced blocks of a Markdown text, in order. */
export function findFences(markdown: string): readonly Fence[] {
  let previous = 0;
  return [...markdown.matchAll(/^```([^\n`]*)\n([^]*?)^```$/gm)].map((match) => {
    const [language = "", ...words] = (match[1] ?? "").trim().split(/\s+/);
    const content = match[2] ?? "";
    const start = match.index + match[0].indexOf("\n") + 1;
    const adjoins = previous > 0 && markdown.slice(previous, match.index).trim() === "";
    previous = match.index + match[0].length;
    return { language, words, content, start, end: start + content.length, adjoins };
  });
}
