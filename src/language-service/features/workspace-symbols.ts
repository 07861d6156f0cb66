import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Declaration, ModelFile } from "../../syntax/ast.ts";

/** A declaration of some file. */
export interface WorkspaceSymbol {
  readonly name: string;
  readonly kind: Declaration["kind"];
  readonly span: Span;
}

/** The declarations of files that a query names: its letters come in the name in that order, capitals or not. */
export function workspaceSymbols(files: readonly ModelFile[], query: string): readonly WorkspaceSymbol[] {
  return files
    .flatMap(({ declarations }) => declarations)
    .filter(({ name }) => isNamedBy(name.text, query))
    .map(({ kind, name }) => ({ kind, name: name.text, span: name.span }));
}

function isNamedBy(name: string, query: string): boolean {
  const letters = [...query.toLowerCase()];
  let at = 0;
  for (const character of name.toLowerCase()) if (character === letters[at]) at++;
  return at === letters.length;
}
