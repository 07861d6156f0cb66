import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Analysis } from "../analysis.ts";
import { nodesAt } from "../tree/nodes-at.ts";
import type { SyntaxNode } from "../tree/syntax-node.ts";

/** What a growing selection takes from an offset on, the innermost first: each holds the one before. */
export function selectionRanges({ file, source }: Analysis, offset: number): readonly Span[] {
  const spans: Span[] = [];
  const add = (span: Span): void => {
    const last = spans.at(-1);
    const isLarger = last === undefined || (span.start <= last.start && last.end <= span.end && !isSame(span, last));
    if (isLarger && span.start <= offset && offset <= span.end) spans.push(span);
  };
  const comment = file.comments?.find(({ span }) => span.start <= offset && offset <= span.end);
  const word = wordAt(source.text, offset);
  if (word !== undefined) add({ file: source.path, ...word });
  if (comment !== undefined) add(comment.span);
  const nodes = nodesAt(file, offset);
  const innermost = nodes.at(-1);
  // A string without its quotes.
  if (innermost?.kind === "string")
    add({ ...innermost.span, start: innermost.span.start + 1, end: innermost.span.end - 1 });
  for (const node of nodes.toReversed()) {
    for (const part of partsOf(node, source.text)) add(part);
    add(node.span);
  }
  add({ file: source.path, start: 0, end: source.text.length });
  return spans;
}

/** Parts of a node that are no nodes: the arguments of a call, the items of a list, what stands in braces, a layer without its label. */
function partsOf(node: SyntaxNode, text: string): readonly Span[] {
  switch (node.kind) {
    case "layer": {
      const { arguments: args = [], callee, assertion, span } = node;
      const end = assertion === undefined ? span.end : callEnd(text, callee.span.end, assertion.span.start);
      return [...between(args), { ...span, start: callee.span.start, end }];
    }
    case "call":
      return between(node.arguments);
    case "list":
      return between(node.items);
    case "block":
    case "model":
    case "repeat":
      return between(node.body);
    default:
      return [];
  }
}

/** From the first of some nodes to the last. */
function between(nodes: readonly SyntaxNode[]): readonly Span[] {
  const [first] = nodes;
  const last = nodes.at(-1);
  return first === undefined || last === undefined ? [] : [{ ...first.span, end: last.span.end }];
}

/** Where a call ends before what follows it. */
function callEnd(text: string, start: number, next: number): number {
  return start + text.slice(start, next).trimEnd().length;
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

function wordAt(text: string, offset: number): { readonly start: number; readonly end: number } | undefined {
  let [start, end] = [offset, offset];
  while (start > 0 && /\w/.test(text.charAt(start - 1))) start--;
  while (/\w/.test(text.charAt(end))) end++;
  return start === end ? undefined : { start, end };
}
