import type { Span } from "../../diagnostics/diagnostic.ts";
import type { BodyItem } from "../../syntax/ast.ts";
import type { Analysis } from "../analysis.ts";

/** The bodies of a file: what an editor can fold, each from where its declaration or its repeat begins. */
export function foldingRanges({ file }: Analysis): readonly Span[] {
  const inBody = (body: readonly BodyItem[]): readonly Span[] =>
    body.flatMap((item) => (item.kind === "repeat" ? [item.span, ...inBody(item.body)] : []));
  return file.declarations.flatMap((declaration) =>
    declaration.kind === "model" || declaration.kind === "block" ? [declaration.span, ...inBody(declaration.body)] : [],
  );
}
