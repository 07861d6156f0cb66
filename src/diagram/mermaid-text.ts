import { fitText } from "./fit-text.ts";

/** As in the drawing: longer names have their middle left out. */
const room = 400;
/** What Mermaid looks for when the character codes are characters again: line breaks, formulas, icons. */
const meaningful = /\\(?=n)|\$(?=\$)|(?<=fa[bklrs]?:)(?=fa-)/g;
/** Joins two characters: nothing is to be seen of it. */
const wordJoiner = "\u2060";

/**
 * A text as Mermaid shows it between quotes, whatever is in it. All that may mean something to Mermaid, to its Markdown or
 * to HTML is written as a character code; what is left are letters, digits and what stands in shapes.
 */
export function mermaidText(text: string): string {
  const { text: short } = fitText(text, "detail", room, true);
  return short
    .replaceAll(meaningful, (found) => found + wordJoiner)
    .replaceAll(/[^\p{L}\p{M}\p{N} _,()[\]×…\p{Extended_Pictographic}]/gu, (character) => {
      return `#${character.codePointAt(0)};`;
    });
}
