import { definitionAt, touches } from "../../check/semantics/definition-at.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Definition } from "../../check/semantics/definition.ts";
import type { Analysis } from "../analysis.ts";

/** Where something is declared. */
export interface DeclarationPlace {
  /** What was asked about, in the file of the question. */
  readonly origin: Span;
  /** The whole declaration. */
  readonly span: Span;
  /** Its name, or the start of a file. */
  readonly name: Span;
}

/** Where the name at an offset is declared, or the file that the path of an import leads to. */
export function findDeclaration(analysis: Analysis, offset: number): DeclarationPlace | undefined {
  const { source, file, program, result } = analysis;
  const statement = file.imports.find(({ path }) => touches(path.span, source.path, offset));
  const target = statement === undefined ? undefined : program.imports.get(statement);
  if (statement !== undefined && target !== undefined) {
    const start = { file: target, start: 0, end: 0 };
    return { origin: statement.path.span, span: start, name: start };
  }
  const definition = definitionAt(result.index, source.path, offset);
  if (definition === undefined) return undefined;
  const places = [definition.span, ...definition.uses.map(({ span }) => span)];
  const origin = places.find((span) => touches(span, source.path, offset)) ?? definition.span;
  return { origin, span: wholeOf(definition), name: definition.span };
}

/** The declaration that a name is given in; a label is one by itself. */
function wholeOf(definition: Definition): Span {
  return definition.kind === "label" ? definition.span : definition.node.span;
}
