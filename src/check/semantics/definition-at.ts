import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Definition } from "./definition.ts";
import type { SemanticIndex } from "./semantic-index.ts";

/** What the name at an offset of a file means: the offset lies in it, or right behind it. */
export function definitionAt(index: SemanticIndex, file: string, offset: number): Definition | undefined {
  return index.definitions.find((definition) => occurrencesOf(definition).some((span) => touches(span, file, offset)));
}

/** Every place that a new name would have to be written to: the definition and its uses. */
export function occurrencesOf({ span, uses }: Definition): readonly Span[] {
  return [span, ...uses.map((use) => use.span)];
}

/** Whether an offset of a file lies in a place or right behind it. */
export function touches(span: Span, file: string, offset: number): boolean {
  return span.file === file && span.start <= offset && offset <= span.end;
}
