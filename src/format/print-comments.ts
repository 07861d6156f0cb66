import type { Doc } from "prettier";
import { builders } from "prettier/doc";
import type { BodyItem, Comment, Declaration, ImportDeclaration } from "../syntax/ast.ts";
import type { Commented } from "./divide-comments.ts";
import type { Printing } from "./printing.ts";
import type { Trivia } from "./trivia.ts";

const { breakParent, hardline, join, lineSuffix, literalline } = builders;

/**
 * The comments before a declaration or a statement, line by line: ordinary ones, those within its head (`inner`), then its
 * doc comment. Empty lines among them stay.
 */
export function printLead(
  { node, lead, start }: Pick<Commented<Declaration | BodyItem | ImportDeclaration>, "node" | "lead" | "start">,
  inner: readonly Comment[],
  { given, trivia }: Printing,
): Doc {
  const made = node.kind === "import" ? [] : (given?.get(node) ?? []);
  const plain = made.flatMap((comment) => comment.split(/\r\n|[\n\r\u2028\u2029]/));
  const text = lead.map((comment, index) => {
    const blank = index > 0 && trivia.isBlankBefore(comment.span.start) ? hardline : "";
    return [blank, printComment(ordinary(comment)), hardline];
  });
  const last = lead.at(-1);
  const isApart = last !== undefined && trivia.isBlankBefore(trivia.firstIn(last.span.end, node.span.start));
  return [
    ...plain.map((line) => [`// ${line}`.trimEnd(), hardline]),
    ...text,
    isApart ? hardline : "",
    ...inner.map((comment) => [printComment(ordinary(comment)), hardline]),
    ...docLines(node, start, trivia).map((line) => [line, hardline]),
  ];
}

/** The doc comment of a node as it is written, or as a tree that was made has it. */
function docLines(node: Declaration | BodyItem | ImportDeclaration, start: number, trivia: Trivia): readonly string[] {
  const written = trivia.docsIn(start, node.span.start);
  if (written.length > 0) return written.map(({ text }) => text.trimEnd());
  const doc = node.kind === "import" ? undefined : node.doc;
  return doc === undefined ? [] : doc.split("\n").map((line) => `/// ${line}`.trimEnd());
}

/** A comment before something that it would document if it had three slashes. */
function ordinary(comment: Comment): Comment {
  return { ...comment, text: comment.text.replace(/^\/\/\/(?!\/)/, "//") };
}

/** The comments behind something, on its line. */
export function printTrail(trail: readonly Comment[]): Doc {
  return trail.map((comment) => {
    if (comment.kind === "block") return [" ", printComment(comment)];
    // No part of the width of the line, as everywhere in Prettier.
    return [lineSuffix([" ", printComment(comment)]), breakParent];
  });
}

/** Comments behind the last thing of a body or a file, each on a line of its own. `isFirst` tells that nothing is before them. */
export function printRest(rest: readonly Comment[], isFirst: boolean, { trivia }: Printing): readonly Doc[] {
  return rest.map((comment, index) => {
    const blank = (index > 0 || !isFirst) && trivia.isBlankBefore(comment.span.start) ? hardline : "";
    return [blank, printComment(comment)];
  });
}

/** Whether the source has an empty line before something with the comments before it. */
export function isApart(
  { node, start }: { readonly node: { readonly span: { readonly start: number } }; readonly start: number },
  trivia: Trivia,
): boolean {
  return trivia.isBlankBefore(trivia.firstIn(start, node.span.start));
}

/** A comment as it is written. One whose lines all begin with a star is indented as what it stands before. */
export function printComment({ kind, text }: Comment): Doc {
  if (kind !== "block") return text.trimEnd();
  const lines = text.split(/\r\n?|\n/);
  const isStarred = lines.length > 1 && lines.slice(1).every((line) => line.trimStart().startsWith("*"));
  if (!isStarred) return join(literalline, lines);
  return join(
    hardline,
    lines.map((line, index) => (index === 0 ? line.trimEnd() : ` ${line.trim()}`)),
  );
}

/** Text of the source as it is, over however many lines. */
export function printWritten(text: string): Doc {
  return join(literalline, text.split(/\r\n?|\n/));
}

/** Whether one of the comments before something says that it is to stay as it is written. */
export function saysIgnore(comments: readonly Comment[]): boolean {
  return comments.some(({ text }) => /^(?:\/\/\s*prettier-ignore\s*|\/\*\s*prettier-ignore\s*\*\/)$/.test(text));
}
