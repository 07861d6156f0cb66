/** The keys that lead forth and back through a list, by its direction. */
const keys = {
  row: ["ArrowRight", "ArrowLeft"],
  column: ["ArrowDown", "ArrowUp"],
} as const;

/** Where a key leads from one of `count` things, round at the ends; undefined for a key that leads nowhere. */
export function stepThrough(
  key: string,
  direction: keyof typeof keys,
  at: number,
  count: number,
): number | undefined {
  const [forth, back] = keys[direction];
  if (key === forth) return (at + 1) % count;
  if (key === back) return (at - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : undefined;
}
