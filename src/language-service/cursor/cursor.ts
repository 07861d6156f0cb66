import type { ModelFile } from "../../syntax/ast.ts";
import { anchorBefore } from "./anchor.ts";
import { callsIn, type Call } from "./calls.ts";
import { openFrames } from "./frames.ts";
import { placeAt, placeIn, type Place } from "./place.ts";
import { scan, type ScannedToken } from "./scan.ts";

/** Where somebody is writing: what can stand there, as far as the text before tells. */
export interface Cursor {
  readonly place: Place;
  /** The word that is being written: its start, and the end of what belongs to it behind the offset. */
  readonly word: { readonly start: number; readonly end: number; readonly text: string };
  /** What stands behind the word: up to three tokens. */
  readonly behind: readonly ScannedToken[];
  /** The calls that the offset lies in, of those within one another the innermost last; none in a comment. */
  readonly calls: readonly Call[];
  /** The names of the parameters of the block around, if there is one. */
  readonly parameters: readonly string[];
}

/** What can be written at an offset of a text, which may be broken in any way. With its tree, only a part of a long one is read. */
export function cursorAt(text: string, offset: number, file?: ModelFile): Cursor {
  const anchor = file === undefined ? undefined : anchorBefore(file, offset);
  const tokens = scan(text, anchor?.start, text.length, { offset, most: mostBehind }).filter(
    ({ kind, end }) => kind !== "comment" || end >= offset,
  );
  const at = tokens.findLastIndex(({ start }) => start < offset);
  const last = tokens[at];
  const touched = last !== undefined && last.end >= offset ? last : undefined;
  const word = touched?.kind === "name" ? touched : undefined;
  const { start, end } = word ?? { start: offset, end: offset };
  const isPart = touched !== undefined && (touched.kind !== "sign" || touched.end > offset);
  const frames = openFrames(tokens.slice(0, isPart ? at : at + 1), anchor?.frames);
  const behind = tokens.slice(at + 1).filter(({ kind }) => kind !== "comment");
  const isInComment = touched?.kind === "comment" && (touched.end > offset || !touched.text.endsWith("*/"));
  return {
    calls: isInComment ? [] : callsIn(frames, behind),
    place: touched === undefined ? placeAt(frames, behind, end, text) : placeIn(touched, frames, behind, offset, text),
    word: { start, end, text: text.slice(start, offset) },
    behind: behind.slice(0, 3),
    parameters: frames.findLast(({ kind }) => kind === "block" || kind === "parameters")?.parameters ?? [],
  };
}

/** Tokens that are looked at behind the cursor: the rest of a call, seldom of a long one. */
const mostBehind = 400;
