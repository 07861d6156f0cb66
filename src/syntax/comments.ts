import type { IToken } from "chevrotain";
import type { Comment } from "./ast.ts";

/**
 * All comments of a file in order. A doc comment that documents nothing (`strays`) is one like any other, though it keeps
 * its three slashes.
 */
export function collectComments(
  file: string,
  ordinary: readonly IToken[],
  docs: readonly IToken[],
  strays: ReadonlySet<IToken>,
): readonly Comment[] {
  const comment = (token: IToken, kind: Comment["kind"]): Comment => {
    const { image: text, startOffset: start } = token;
    return { kind, text, span: { file, start, end: start + text.length } };
  };
  const all = ordinary.map((token) => comment(token, token.image.startsWith("/*") ? "block" : "line"));
  if (docs.length === 0) return all;
  all.push(...docs.map((token) => comment(token, strays.has(token) ? "line" : "doc")));
  return all.sort((a, b) => a.span.start - b.span.start);
}
