const places: ReadonlySet<string> = new Set(["span", "nameSpan", "source", "comments"]);

/** A tree without its places and comments. */
export function meaning(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(meaning);
  if (typeof node !== "object" || node === null) return node;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) if (!places.has(key)) copy[key] = meaning(value);
  return copy;
}
