import type { Comment, ModelFile } from "../syntax/ast.ts";

/** The comments, line breaks and spellings of the source that a tree was parsed from. A tree that was made has none. */
export interface Trivia {
  /** The comments that begin in a range, without the lines of doc comments. */
  between(start: number, end: number): readonly Comment[];
  /** The lines of doc comments that begin in a range. */
  docsIn(start: number, end: number): readonly Comment[];
  /** Where the first comment in a range begins, doc comments included; the end of the range without one. */
  firstIn(start: number, end: number): number;
  /** Whether a line ends in a range. */
  breaksIn(start: number, end: number): boolean;
  /** Whether nothing but white space follows on the line. */
  isLineEnd(offset: number): boolean;
  /** Whether an empty line lies right before. */
  isBlankBefore(offset: number): boolean;
  /** Where a character stands next, outside of comments. */
  find(character: string, from: number): number;
  /** The source of a range; undefined where there is no source. */
  slice(start: number, end: number): string | undefined;
}

/** The trivia of no source. */
const noTrivia: Trivia = {
  between: () => [],
  docsIn: () => [],
  firstIn: (_start, end) => end,
  breaksIn: () => false,
  isLineEnd: () => false,
  isBlankBefore: () => false,
  find: (_character, from) => from,
  slice: () => undefined,
};

/** The trivia of a file: what its comments and its source tell. */
export function triviaOf({ source: { text }, comments }: ModelFile): Trivia {
  if (comments === undefined) return noTrivia;
  const firstFrom = (offset: number): number => {
    let low = 0;
    for (let high = comments.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((comments[middle] as Comment).span.start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const inRange = (start: number, end: number): readonly Comment[] => comments.slice(firstFrom(start), firstFrom(end));
  return {
    between: (start, end) => inRange(start, end).filter(({ kind }) => kind !== "doc"),
    docsIn: (start, end) => inRange(start, end).filter(({ kind }) => kind === "doc"),
    firstIn: (start, end) => Math.min(comments[firstFrom(start)]?.span.start ?? end, end),
    breaksIn: (start, end) => /[\r\n]/.test(text.slice(start, end)),
    isLineEnd(offset) {
      let at = offset;
      while (text[at] === " " || text[at] === "\t") at += 1;
      return at >= text.length || text[at] === "\n" || text[at] === "\r";
    },
    isBlankBefore(offset) {
      let breaks = 0;
      let at = offset - 1;
      for (; at >= 0 && /\s/.test(text[at] as string); at -= 1) if (text[at] === "\n") breaks += 1;
      return breaks > 1;
    },
    find(character, from) {
      let at = from;
      for (let next = firstFrom(from); ; next += 1) {
        const found = text.indexOf(character, at);
        const comment = comments[next];
        if (found < 0 || comment === undefined || found < comment.span.start) return found;
        at = comment.span.end;
      }
    },
    slice: (start, end) => text.slice(start, end),
  };
}

/** The same source without its comments, for what stands in something that has printed them before itself. */
export function withoutComments(trivia: Trivia): Trivia {
  return { ...trivia, between: noTrivia.between, docsIn: noTrivia.docsIn, firstIn: noTrivia.firstIn };
}

/** Whether a comment can stand within a line. */
export function isInline({ kind, text }: Comment): boolean {
  return kind === "block" && !/[\r\n]/.test(text);
}
