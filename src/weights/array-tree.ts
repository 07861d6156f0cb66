import { maxDepth } from "../files/limits.ts";
import { orderTorchLayers } from "./torch-names.ts";
import { shorten } from "../files/shorten.ts";
import { fail } from "../files/read-failure.ts";
import type { WeightArray } from "../files/weight-array.ts";
import { parseClassNumber, type WeightContainer, type WeightEntry } from "./weight-file.ts";

/** An array and the names on the way to it: `encoder/dense/kernel`. */
export interface KeyedArray {
  readonly key: string;
  readonly array: WeightArray;
}

interface Branch {
  readonly branches: Map<string, Branch>;
  readonly arrays: Map<string, WeightArray>;
}

const emptyBranch = (): Branch => ({ branches: new Map(), arrays: new Map() });

/** Arrays by name as containers and layers, for formats that have nothing else. Keys are split at `separator`. */
export function buildArrayTree(items: readonly KeyedArray[], separator: string): WeightContainer {
  const root = emptyBranch();
  for (const { key, array } of items) {
    const parts = key.split(separator);
    if (parts.length > maxDepth) fail("too-large", `'${key}' nests deeper than ${maxDepth}`);
    const name = parts.pop() as string;
    let branch = root;
    for (const part of parts) {
      const next = branch.branches.get(part) ?? emptyBranch();
      branch.branches.set(part, next);
      branch = next;
    }
    branch.arrays.set(name, { ...array, name });
  }
  const strays = [...root.arrays.values()].map(({ source }) => source);
  if (strays.length > 0 && root.branches.size === 0) {
    fail("unsupported", `${keysOf(strays)} no layer; keys look like 'dense${separator}kernel'`);
  }
  return { ...container("", root, "", separator), ...(strays.length === 0 ? {} : { strays }) };
}

/** How many keys a message lists. */
const shownKeys = 8;

function keysOf(keys: readonly string[]): string {
  const listed = keys.slice(0, shownKeys).map((key) => `'${shorten(key, 40)}'`);
  if (keys.length === 1) return `the key ${listed[0]} names`;
  const rest =
    keys.length > shownKeys ? `${listed.join(", ")}, ...` : `${listed.slice(0, -1).join(", ")} and ${listed.at(-1)}`;
  return `the keys ${rest} name`;
}

function container(name: string, branch: Branch, source: string, separator: string): WeightContainer {
  const entries = [...branch.branches].map(([child, inner]): WeightEntry => {
    const path = source === "" ? child : `${source}${separator}${child}`;
    if (inner.branches.size === 0) {
      const arrays = [...inner.arrays.values()];
      return { kind: "layer", name: child, classNumber: parseClassNumber(child), arrays, source: path };
    }
    if (inner.arrays.size > 0) fail("unsupported", `'${path}' has both arrays and layers`);
    return container(child, inner, path, separator);
  });
  const made = { kind: "container", name, classNumber: parseClassNumber(name), branched: false, source } as const;
  const ordered = orderTorchLayers(entries);
  return { ...made, ordered: ordered !== undefined, entries: ordered ?? entries };
}
