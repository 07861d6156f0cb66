import { definitionAt } from "../../check/semantics/definition-at.ts";
import type { Definition, NameUse } from "../../check/semantics/definition.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Analysis } from "../analysis.ts";

/** A place where a name stands. */
export interface Reference {
  readonly span: Span;
  readonly role: NameUse["role"] | "definition";
}

/**
 * Every place that means what the name at an offset means, its declaration first. A file knows itself and what it imports;
 * `others` are those that may import the declaration from elsewhere.
 */
export function findReferences(
  { source, result }: Analysis,
  offset: number,
  others: readonly Analysis[] = [],
): readonly Reference[] {
  const definition = definitionAt(result.index, source.path, offset);
  if (definition === undefined) return [];
  const found = new Map<string, Reference>();
  const add = ({ span, uses }: Definition): void => {
    for (const reference of [{ span, role: "definition" as const }, ...uses]) {
      const key = `${reference.span.file}\n${reference.span.start}`;
      if (!found.has(key)) found.set(key, reference);
    }
  };
  add(definition);
  for (const other of others) {
    const same = other.result.index.definitions.find(({ span }) => isSame(span, definition.span));
    if (same !== undefined) add(same);
  }
  return [...found.values()];
}

function isSame(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}
