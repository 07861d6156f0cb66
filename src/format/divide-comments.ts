import type { Comment } from "../syntax/ast.ts";
import { isInline, type Trivia } from "./trivia.ts";

/** A node with the comments around it. */
export interface Commented<Node> {
  readonly node: Node;
  /** Those before it, on lines of their own or on its own. */
  readonly lead: readonly Comment[];
  /** Those behind it on its last line. */
  readonly trail: readonly Comment[];
  /** Where what is before it begins: behind the trail of the one before. */
  readonly start: number;
  /** Where it ends with its trail. */
  readonly end: number;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Divides the comments of a range among the nodes in it; what is left are those behind the last one. */
export function divideComments<Node extends { readonly span: Range }>(
  nodes: readonly Node[],
  range: Range,
  separator: "comma" | "none",
  trivia: Trivia,
  endOf: (node: Node, lead: readonly Comment[]) => number = ({ span }) => span.end,
): { readonly items: readonly Commented<Node>[]; readonly rest: readonly Comment[] } {
  const items: Commented<Node>[] = [];
  let start = range.start;
  const [first] = nodes;
  let lead = trivia.between(start, first?.span.start ?? range.end);
  for (const [index, node] of nodes.entries()) {
    const next = nodes[index + 1];
    const end = endOf(node, lead);
    const gap = splitGap(end, next?.span.start ?? range.end, next === undefined ? "last" : separator, trivia);
    const behind = Math.max(node.span.end, gap.trail.at(-1)?.span.end ?? end);
    items.push({ node, lead, trail: gap.trail, start, end: behind });
    start = behind;
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
