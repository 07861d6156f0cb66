/** How deep the values of a config nest: options of an entry of `overrides` with a list of globs. */
const maxDepth = 8;

/** Values in a config. */
const maxValues = 10_000;

/**
 * What a config script exports, read once and copied: getters and proxies answer only here, where whatever they throw is
 * the config's fault. Objects keep their own keys, and have no prototype that a key could reach. Throws what they throw,
 * and an error for values without an end.
 */
export function plainValue(value: unknown): unknown {
  let values = 0;
  const copy = (item: unknown, depth: number): unknown => {
    if (typeof item !== "object" || item === null) return item;
    const isList = Array.isArray(item);
    if (depth > maxDepth) throw new Error(`its values nest deeper than ${maxDepth}, or hold themselves`);
    const keys = isList
      ? Array.from({ length: Math.min(item.length, maxValues + 1) }, (_, at) => at)
      : Object.keys(item);
    values += keys.length;
    if (values > maxValues) throw new Error(`it has more than ${maxValues} values`);
    if (isList) return keys.map((at) => copy((item as readonly unknown[])[at as number], depth + 1));
    const made = Object.create(null) as Record<string, unknown>;
    for (const key of keys as readonly string[]) made[key] = copy((item as typeof made)[key], depth + 1);
    return made;
  };
  return copy(value, 0);
}
