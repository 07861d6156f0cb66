import { findNodeAtLocation, parseTree, type ParseError } from "jsonc-parser";
import type { Place } from "./place.ts";
import type { TextLine } from "./text-lines.ts";

/** Where a value stands in a line of JSON; the whole line where it has no such value. */
export function placeInJson({ text, line, start, end }: TextLine, path: readonly (string | number)[]): Place {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, [...path]);
  return node === undefined
    ? { line, start, end }
    : { line, start: start + node.offset, end: start + node.offset + node.length };
}

/** The names of an object's fields as they stand in a line: JavaScript puts those that are whole numbers first. */
export function fieldNames({ text }: TextLine): readonly string[] {
  return (parseTree(text)?.children ?? []).map(({ children }) => children?.[0]?.value as string);
}

/** Where a line stops being JSON. */
export function jsonFault({ text, line, start, end }: TextLine): Place {
  const errors: ParseError[] = [];
  parseTree(text, errors);
  const [first] = errors;
  if (first === undefined) return { line, start, end };
  return { line, start: start + first.offset, end: Math.min(end, start + first.offset + Math.max(1, first.length)) };
}
