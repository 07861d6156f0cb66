import type { BodyItem, Declaration, Name, StringLiteral } from "../syntax/ast.ts";
import { withoutComments, type Trivia } from "./trivia.ts";

/** What printing needs beside the node that is printed. */
export interface Printing {
  readonly trivia: Trivia;
  /** Ordinary comments that a tree that was made gets before declarations and statements, a line each, without the slashes. */
  readonly given?: ReadonlyMap<Declaration | BodyItem, readonly string[]>;
  /** Whether what is broken over lines ends with a comma; Prettier's `trailingComma`. */
  readonly hasTrailingComma: boolean;
  /** Whether spaces stand within the braces of an import; Prettier's `bracketSpacing`. */
  readonly hasBracketSpacing: boolean;
}

/** The same, for what stands in something that has printed all comments in it before itself. */
export function withoutItsComments(printing: Printing): Printing {
  return { ...printing, trivia: withoutComments(printing.trivia) };
}

/** A string as it is written; one of a tree that was made as JSON's, also for what JSON leaves as it is and the language does not allow. */
export function printString({ value, span }: StringLiteral, { trivia }: Printing): string {
  // Parentheses around it belong to its place.
  return writtenString(trivia.find('"', span.start), span.end, trivia) ?? quoted(value);
}

/** The label of a layer, in quotes only where it needs them. */
export function printLabel(label: Name | undefined, { trivia }: Printing): string {
  if (label === undefined) return "";
  const { text, span } = label;
  return `${isWord(text) ? text : (writtenString(span.start, span.end, trivia) ?? quoted(text))}: `;
}

/** A layer's name as a label of a tree that was made. */
export function labelOf(name: string): string {
  return isWord(name) ? name : quoted(name);
}

function isWord(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

function writtenString(start: number, end: number, trivia: Trivia): string | undefined {
  const text = trivia.slice(start, end);
  if (text === undefined) return undefined;
  let at = 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return text.slice(0, at + 1);
}

/** A string as a literal: JSON's escapes, also for what JSON leaves as it is and the language does not allow. */
function quoted(value: string): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
