/**
 * The extent of an axis or a product of axes: `factor` times run-time dims, e.g. `16 * time`.
 * `dims` is sorted and may repeat a name (`time * time`).
 */
export interface Size {
  readonly factor: number;
  readonly dims: readonly string[];
}

export const one: Size = { factor: 1, dims: [] };

export function staticSize(factor: number): Size {
  return { factor, dims: [] };
}

export function dimSize(name: string): Size {
  return { factor: 1, dims: [name] };
}

export function isStatic(size: Size): boolean {
  return size.dims.length === 0;
}

export function sizesEqual(a: Size, b: Size): boolean {
  return (
    a.factor === b.factor && a.dims.length === b.dims.length && a.dims.every((dim, index) => dim === b.dims[index])
  );
}

export function multiplySizes(a: Size, b: Size): Size {
  return { factor: a.factor * b.factor, dims: [...a.dims, ...b.dims].sort() };
}

/** `a / b` where that is exact for every value of the dims, else `undefined`. */
export function divideSizes(a: Size, b: Size): Size | undefined {
  if (b.factor === 0 || a.factor % b.factor !== 0) return undefined;
  const dims = [...a.dims];
  for (const dim of b.dims) {
    const index = dims.indexOf(dim);
    if (index < 0) return undefined;
    dims.splice(index, 1);
  }
  return { factor: a.factor / b.factor, dims };
}

/** Drops sizes that are never above another one: constants below the largest, equal products with smaller factors. */
export function largestSizes(sizes: readonly Size[]): readonly Size[] {
  const byDims = new Map<string, Size>();
  for (const size of sizes) {
    const key = size.dims.join("*");
    const other = byDims.get(key);
    if (other === undefined || other.factor < size.factor) byDims.set(key, size);
  }
  return byDims.size === 0 ? [staticSize(0)] : [...byDims.values()];
}

/** The sum of sizes, as one size for each product of dims: 1024 + 16*time. */
export function sumSizes(sizes: readonly Size[]): readonly Size[] {
  const byDims = new Map<string, Size>();
  for (const { factor, dims } of sizes) {
    const key = dims.join("*");
    byDims.set(key, { factor: (byDims.get(key)?.factor ?? 0) + factor, dims });
  }
  return [...byDims.values()].filter(({ factor }) => factor !== 0);
}

/** `25600`, `time`, `16*time` */
export function formatSize(size: Size): string {
  if (isStatic(size)) return String(size.factor);
  const dims = size.dims.join("*");
  return size.factor === 1 ? dims : `${size.factor}*${dims}`;
}
