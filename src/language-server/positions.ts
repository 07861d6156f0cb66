import type { Position, Range } from "vscode-languageserver";
import type { LineMap } from "../diagnostics/line-map.ts";

/** What a client counts the characters of a line in. */
export type Encoding = "utf-16" | "utf-8" | "utf-32";

const encodings: readonly string[] = ["utf-16", "utf-8", "utf-32"] satisfies readonly Encoding[];

/** The encoding to talk to a client in: UTF-16, in which nothing has to be counted, wherever the client takes it. */
export function chooseEncoding(offered: unknown): Encoding {
  const known = Array.isArray(offered) ? offered.filter((one) => encodings.includes(one)) : [];
  return known.length === 0 || known.includes("utf-16") ? "utf-16" : (known[0] as Encoding);
}

/** The places of one text, as a client counts them: lines and characters from 0. */
export interface Places {
  position(offset: number): Position;
  /** The offset of a position; one behind the end of its line, or of the text, counts as that end. */
  offset(position: Position): number;
  range(span: { readonly start: number; readonly end: number }): Range;
}

/** The start of a text that is not at hand. */
export const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export function placesOf(lines: LineMap, encoding: Encoding): Places {
  const position = (offset: number): Position => {
    const { line, column } = lines.position(offset);
    if (encoding === "utf-16") return { line: line - 1, character: column - 1 };
    return { line: line - 1, character: unitsOf(lines.line(line).text.slice(0, column - 1), encoding) };
  };
  return {
    position,
    offset({ line, character }) {
      const { start, text } = lines.line(Math.max(line, 0) + 1);
      return start + charactersFor(text, Math.max(character, 0), encoding);
    },
    range: ({ start, end }) => ({ start: position(start), end: position(end) }),
  };
}

/** The length of a text in an encoding. */
function unitsOf(text: string, encoding: Encoding): number {
  let units = 0;
  for (const character of text) units += unitsOfOne(character, encoding);
  return units;
}

/** How many UTF-16 units of a line are so many units of an encoding; part of a character counts as none of it. */
function charactersFor(text: string, units: number, encoding: Encoding): number {
  if (encoding === "utf-16") return Math.min(units, text.length);
  let left = units;
  let length = 0;
  for (const character of text) {
    left -= unitsOfOne(character, encoding);
    if (left < 0) break;
    length += character.length;
  }
  return length;
}

function unitsOfOne(character: string, encoding: Encoding): number {
  if (encoding === "utf-32") return 1;
  if (encoding === "utf-16") return character.length;
  const code = character.codePointAt(0) as number;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
