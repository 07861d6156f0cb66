import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Token } from "./token.ts";

/** A piece of text and what takes its place. */
export type Edit = Fix["edits"][number];

/**
 * The tokens of a text after edits, which don't overlap. Those that an edit makes stand where the text that it replaces does, so that what is said of
 * them later marks that; those it leaves keep their places.
 */
export function editTokens(
  text: string,
  tokens: readonly Token[],
  edits: readonly Edit[],
  lexPart: (part: string) => readonly Token[],
): Token[] {
  const result: Token[] = [];
  let at = 0;
  for (const { start, end, inside } of regions(tokens, edits)) {
    for (; at < tokens.length && (tokens[at] as Token).startOffset < start; at++) result.push(tokens[at] as Token);
    while (at < tokens.length && (tokens[at] as Token).startOffset < end) at++;
    for (const token of lexPart(edited(text, start, end, inside))) {
      token.startOffset = start;
      token.endOffset = end - 1;
      delete token.lineStart;
      delete token.indent;
      result.push(token);
    }
  }
  for (; at < tokens.length; at++) result.push(tokens[at] as Token);
  return result;
}

interface Region {
  readonly start: number;
  end: number;
  readonly inside: Edit[];
}

/** The edits by the tokens that they touch: a token is made anew as a whole. */
function regions(tokens: readonly Token[], edits: readonly Edit[]): readonly Region[] {
  const found: Region[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    const { start, end } = edit.span;
    while (at < tokens.length && endOf(tokens[at] as Token) <= start) at++;
    const first = tokens[at];
    let last = at;
    while (last + 1 < tokens.length && (tokens[last + 1] as Token).startOffset < end) last++;
    const from = Math.min(start, first === undefined ? start : first.startOffset);
    const lastEnd =
      tokens[last] !== undefined && (tokens[last] as Token).startOffset < end ? endOf(tokens[last] as Token) : end;
    const to = Math.max(end, first !== undefined && first.startOffset < start ? endOf(first) : end, lastEnd);
    const before = found.at(-1);
    if (before !== undefined && from < before.end) {
      before.inside.push(edit);
      before.end = Math.max(before.end, to);
    } else {
      found.push({ start: from, end: to, inside: [edit] });
    }
  }
  return found;
}

function edited(text: string, start: number, end: number, edits: readonly Edit[]): string {
  let result = "";
  let at = start;
  for (const { span, text: by } of edits) {
    result += text.slice(at, span.start) + by;
    at = span.end;
  }
  return result + text.slice(at, end);
}

function endOf({ startOffset, image }: Token): number {
  return startOffset + image.length;
}
