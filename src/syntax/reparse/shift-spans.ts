import type { Span } from "../../diagnostics/diagnostic.ts";

type Movable = { -readonly [Key in keyof Span]: Span[Key] };

const found = new WeakMap<object, readonly Movable[]>();

/**
 * Moves a syntax tree, or a diagnostic, by `distance` characters, in place: whoever holds a node of it sees it where it is in
 * the new text. What has been made of a node before the edit is kept by its identity, so there must be no copy of it.
 */
export function shiftSpans(node: object, distance: number): void {
  if (distance === 0) return;
  let spans = found.get(node);
  if (spans === undefined) {
    const all = new Set<Movable>();
    collect(node, all);
    spans = [...all];
    found.set(node, spans);
  }
  for (const span of spans) {
    span.start += distance;
    span.end += distance;
  }
}

/** The spans in a value, each once though nodes share them. Bodies and expressions nest to a depth that the parser bounds. */
function collect(value: object, into: Set<Movable>): void {
  if ("start" in value && "end" in value) return void into.add(value as Movable);
  for (const child of Object.values(value)) if (typeof child === "object" && child !== null) collect(child, into);
}
