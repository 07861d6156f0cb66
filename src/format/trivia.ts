import type { Comment, ModelFile } from "../syntax/ast.ts";

/** The comments and line breaks of the source that a tree was parsed from. A tree that was made has none. */
export interface Trivia {
  /** The comments that begin in a range, without the lines of doc comments. */
  between(start: number, end: number): readonly Comment[];
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
}

/** The trivia of no source. */
export const noTrivia: Trivia = {
  between: () => [],
  firstIn: (_start, end) => end,
  breaksIn: () => false,
  isLineEnd: () => false,
  isBlankBefore: () => false,
  find: (_character, from) => from,
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
  return {
    between: (start, end) => comments.slice(firstFrom(start), firstFrom(end)).filter(({ kind }) => kind !== "doc"),
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
  };
}

/** Whether a comment can stand within a line. */
export function isInline({ kind, text }: Comment): boolean {
  return kind === "block" && !/[\r\n]/.test(text);
}

/** A node with the comments around it. */
export interface Commented<Node> {
  readonly node: Node;
  /** Those before it, on lines of their own or on its own. */
  readonly lead: readonly Comment[];
  /** Those behind it on its last line. */
  readonly trail: readonly Comment[];
  /** Where what is before it begins: behind the trail of the one before. */
  readonly start: number;
}

interface Placed {
  readonly span: { readonly start: number; readonly end: number };
}

/** Divides the comments of a range among the nodes in it; what is left are those behind the last one. */
export function divideComments<Node extends Placed>(
  nodes: readonly Node[],
  range: { readonly start: number; readonly end: number },
  separator: "comma" | "none",
  trivia: Trivia,
  endOf: (node: Node) => number = ({ span }) => span.end,
): { readonly items: readonly Commented<Node>[]; readonly rest: readonly Comment[] } {
  const items: Commented<Node>[] = [];
  let start = range.start;
  const [first] = nodes;
  let lead = trivia.between(start, first?.span.start ?? range.end);
  for (const [index, node] of nodes.entries()) {
    const next = nodes[index + 1];
    const end = endOf(node);
    const gap = splitGap(end, next?.span.start ?? range.end, next === undefined ? "last" : separator, trivia);
    items.push({ node, lead, trail: gap.trail, start });
    start = gap.trail.at(-1)?.span.end ?? end;
    lead = gap.lead;
  }
  return { items, rest: lead };
}

/**
 * Divides the comments between two nodes: those on the last line of the first one trail it, unless the second one begins
 * on that line too; then the comma between them decides.
 */
export function splitGap(
  end: number,
  next: number,
  separator: "comma" | "none" | "last",
  trivia: Trivia,
): { readonly trail: readonly Comment[]; readonly lead: readonly Comment[] } {
  const comments = trivia.between(end, next);
  let count = 0;
  let at = end;
  for (const comment of comments) {
    if (trivia.breaksIn(at, comment.span.start)) break;
    count += 1;
    at = comment.span.end;
    if (!isInline(comment)) break;
  }
  if (count > 0 && separator !== "last" && !trivia.breaksIn(at, next)) {
    const comma = separator === "comma" ? trivia.find(",", end) : end;
    count = comments.filter(({ span }) => span.start < comma).length;
  }
  return { trail: comments.slice(0, count), lead: comments.slice(count) };
}
