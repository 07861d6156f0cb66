import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Comment } from "../../syntax/ast.ts";
import { childrenOf, type SyntaxNode } from "../tree/syntax-node.ts";
import type { Analysis } from "../analysis.ts";

/** A part of a file that an editor can fold, from the end of its first line to its last one. */
export interface FoldingRange {
  readonly kind: "region" | "imports" | "comment";
  readonly span: Span;
}

/** What can be folded: bodies, calls and lists that go over lines, comments in a row, and the imports. */
export function foldingRanges({ file, lines }: Analysis): readonly FoldingRange[] {
  const lineOf = (offset: number): number => lines.position(offset).line;
  const ranges: FoldingRange[] = [];
  const add = (kind: FoldingRange["kind"], span: Span): void => {
    if (lineOf(span.start) < lineOf(span.end)) ranges.push({ kind, span });
  };
  // A stack of its own: expressions nest deeply.
  const stack: SyntaxNode[] = [file];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isFoldable(node)) add("region", node.span);
    stack.push(...childrenOf(node));
  }
  const [first] = file.imports;
  const last = file.imports.at(-1);
  if (first !== undefined && last !== undefined) add("imports", { ...first.span, end: last.span.end });
  for (const group of commentGroups(file.comments ?? [], lineOf)) add("comment", group);
  return ranges.toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

function isFoldable({ kind }: SyntaxNode): boolean {
  return ["model", "block", "repeat", "layer", "compile", "call", "list"].includes(kind);
}

/** Comments on lines that follow one another, and block comments of several lines. */
function commentGroups(comments: readonly Comment[], lineOf: (offset: number) => number): readonly Span[] {
  const groups: Span[] = [];
  for (const { span } of comments) {
    const last = groups.at(-1);
    if (last !== undefined && lineOf(span.start) === lineOf(last.end) + 1) {
      groups[groups.length - 1] = { ...last, end: span.end };
    } else {
      groups.push(span);
    }
  }
  return groups;
}
