import type { IToken } from "chevrotain";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Source } from "./source.ts";
import { tokenEnd, type Token } from "./token.ts";

export const strayDocComment = defineDiagnostic<{ trailing: boolean; slashes?: Span }>(
  "stray-doc-comment",
  "hint",
  "A doc comment stands where nothing follows that it could document.",
  ({ trailing, slashes }) => ({
    message: trailing
      ? "A doc comment documents what follows it, found one behind the code of its line"
      : "This doc comment documents nothing",
    help: trailing
      ? "put it on a line of its own above, or make it an ordinary comment with '//'"
      : "put it before a declaration, a layer or a clause, or make it an ordinary comment with '//'",
    ...(trailing && slashes !== undefined
      ? { fix: { title: "Write '//'", edits: [{ span: slashes, text: "//" }] } }
      : {}),
  }),
  () => ({
    meaning:
      "'///' begins a doc comment, which becomes the TSDoc of the declaration, layer or clause that follows it. Here nothing follows, or it stands behind what it means, so it would get lost.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(3) /// the output\n}",
    },
  }),
);

/** The doc comments of a file, handed out to the declarations and statements that they precede. */
export interface DocComments {
  /** The text of the comments directly before the token at `offset`, without the slashes; lines end with `\n`. */
  before(offset: number): string | undefined;
  /** Those that nobody has asked for. */
  strays(): readonly IToken[];
  /** Reports them. */
  unused(): readonly Diagnostic[];
}

export function createDocComments(source: Source, tokens: readonly Token[], comments: readonly IToken[]): DocComments {
  const byOffset = new Map<number, IToken[]>();
  const trailing: IToken[] = [];
  const dangling: IToken[] = [];
  let index = 0;
  for (const comment of comments) {
    while (index < tokens.length && (tokens[index] as Token).startOffset < comment.startOffset) index++;
    const before = tokens[index - 1];
    const after = tokens[index];
    if (before && !/[\r\n]/.test(source.text.slice(tokenEnd(before), comment.startOffset))) trailing.push(comment);
    else if (after === undefined) dangling.push(comment);
    else {
      const others = byOffset.get(after.startOffset);
      if (others === undefined) byOffset.set(after.startOffset, [comment]);
      else others.push(comment);
    }
  }
  return {
    before(offset) {
      const found = byOffset.get(offset);
      if (!found) return undefined;
      byOffset.delete(offset);
      return found.map((comment) => docLine(comment.image)).join("\n");
    },
    strays: () => [...trailing, ...[...byOffset.values()].flat(), ...dangling],
    unused() {
      const report = (group: readonly IToken[], isTrailing: boolean) => {
        const [first] = group;
        const last = group.at(-1);
        if (!first || !last) return [];
        const span = { file: source.path, start: first.startOffset, end: last.startOffset + last.image.length };
        return [strayDocComment(span, { trailing: isTrailing, slashes: { ...span, end: span.start + 3 } })];
      };
      return [
        ...trailing.flatMap((comment) => report([comment], true)),
        ...[...byOffset.values(), dangling].flatMap((group) => report(group, false)),
      ];
    },
  };
}

function docLine(image: string): string {
  // Control characters and halves of surrogate pairs can't go into an output file.
  return image
    .replace(/^\/\/\/ ?/, "")
    .trimEnd()
    .replace(
      /[\u0000-\u0008\u000B-\u001F\u007F]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
      "\uFFFD",
    );
}
