import { formatCount } from "../../diagnostics/format-count.ts";
import { formatSize, isStatic, type Size } from "../../ir/size.ts";

/** The sum of sizes, a term for each product of run-time dims, numbers first: `16*time + 3` is two. */
export function addSizes(sizes: readonly Size[]): readonly Size[] {
  const terms = new Map<string, Size>();
  for (const size of sizes) {
    const key = size.dims.join("*");
    terms.set(key, { dims: size.dims, factor: size.factor + (terms.get(key)?.factor ?? 0) });
  }
  return [...terms.values()].filter(({ factor }) => factor > 0).toSorted((a, b) => a.dims.length - b.dims.length);
}

/** `4,096`, `16*time + 3` */
export function formatTerms(terms: readonly Size[]): string {
  return terms.map((size) => (isStatic(size) ? formatCount(size.factor) : formatSize(size))).join(" + ") || "0";
}
