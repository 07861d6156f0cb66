import type { BodyItem, Comment, Declaration, ImportDeclaration } from "../syntax/ast.ts";
import type { Commented, Trivia } from "./trivia.ts";

/** What a syntax tree that was made does not hold. */
export interface PrintOptions {
  /** Ordinary comments before declarations and statements, a line each, without the slashes. */
  readonly comments?: ReadonlyMap<Declaration | BodyItem, readonly string[]>;
}

/** What printing declarations and statements needs around them. */
export interface Printing extends PrintOptions {
  readonly trivia: Trivia;
}

/**
 * The comments before a declaration or a statement, line by line: ordinary ones, those within its head (`inner`), then its
 * doc comment. Empty lines among them stay.
 */
export function printLead(
  { node, lead }: Pick<Commented<Declaration | BodyItem | ImportDeclaration>, "node" | "lead">,
  inner: readonly Comment[],
  indent: string,
  { comments, trivia }: Printing,
): string {
  const given = node.kind === "import" ? [] : (comments?.get(node) ?? []);
  const plain = given.flatMap((comment) => comment.split(/\r\n|[\n\r\u2028\u2029]/));
  const doc = node.kind === "import" ? undefined : node.doc;
  const documented = doc === undefined ? [] : doc.split("\n");
  const { start } = node.span;
  const text = lead.map((comment, index) => {
    const blank = index > 0 && trivia.isBlankBefore(comment.span.start) ? "\n" : "";
    return `${blank}${indent}${ordinary(comment)}\n`;
  });
  const last = lead.at(-1);
  const isApart = last !== undefined && trivia.isBlankBefore(trivia.firstIn(last.span.end, start));
  return [
    ...plain.map((line) => `${`${indent}// ${line}`.trimEnd()}\n`),
    ...text,
    ...(isApart ? ["\n"] : []),
    ...inner.map((comment) => `${indent}${ordinary(comment)}\n`),
    ...documented.map((line) => `${`${indent}/// ${line}`.trimEnd()}\n`),
  ].join("");
}

/** A comment before something that it would document if it had three slashes. */
function ordinary({ text }: Comment): string {
  return text.trimEnd().replace(/^\/\/\/(?!\/)/, "//");
}

/** The comments behind something, on its line. */
export function printTrail(trail: readonly Comment[]): string {
  return trail.map(({ text }) => ` ${text.trimEnd()}`).join("");
}

/** Comments behind the last thing of a body or a file, line by line. `isFirst` tells that nothing is before them. */
export function printRest(rest: readonly Comment[], indent: string, isFirst: boolean, { trivia }: Printing): string {
  const lines = rest.map(({ text, span }, index) => {
    const blank = (index > 0 || !isFirst) && trivia.isBlankBefore(span.start) ? "\n" : "";
    return `${blank}${indent}${text.trimEnd()}\n`;
  });
  return lines.join("");
}

/** Whether the source has an empty line before something with the comments before it. */
export function isApart(
  { node, start }: Pick<Commented<Declaration | BodyItem | ImportDeclaration>, "node" | "start">,
  trivia: Trivia,
): boolean {
  return trivia.isBlankBefore(trivia.firstIn(start, node.span.start));
}
