import type { ArrayBudget } from "../../files/array-budget.ts";
import { readHdf5, type Hdf5File } from "../../files/hdf5.ts";
import { maxDepth } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import type { WeightArray } from "../../files/weight-array.ts";

/** What one HDF5 file of several holds. */
interface Contents {
  readonly groups: Map<string, readonly string[]>;
  /** The names of layers that groups of arrays have. */
  readonly names: Map<string, readonly string[]>;
  readonly arrays: Map<string, WeightArray>;
}

/** Reads several HDF5 files as if they were one: the library has only one file open. */
export async function readHdf5Parts(files: readonly Uint8Array[], budget: ArrayBudget): Promise<Hdf5File> {
  const parts: Contents[] = [];
  for (const bytes of files) parts.push(await readHdf5(bytes, (file) => readContents(file, budget)));
  const first = <Value>(find: (part: Contents) => Value | undefined): Value | undefined => {
    for (const part of parts) {
      const found = find(part);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    bytes: files.reduce((sum, bytes) => sum + bytes.length, 0),
    names: (path) => [...new Set(parts.flatMap(({ groups }) => groups.get(trimmed(path)) ?? []))],
    isGroup: (path) => parts.some(({ groups }) => groups.has(trimmed(path))),
    texts: (path, attribute) => (attribute === "name" ? first(({ names }) => names.get(trimmed(path))) : undefined),
    array: (path) =>
      first(({ arrays }) => arrays.get(trimmed(path))) ??
      fail("damaged", `the array '${path}' is in none of its files`),
  };
}

function trimmed(path: string): string {
  return path === "/" ? "" : path;
}

function readContents(file: Hdf5File, budget: ArrayBudget): Contents {
  const contents: Contents = { groups: new Map(), names: new Map(), arrays: new Map() };
  const visit = (path: string, depth: number): void => {
    if (depth > 2 * maxDepth) fail("too-large", `its groups nest deeper than ${2 * maxDepth}`);
    const names = file.names(path === "" ? "/" : path);
    contents.groups.set(path, names);
    const texts = file.texts(path === "" ? "/" : path, "name");
    if (texts !== undefined) contents.names.set(path, texts);
    for (const name of names) {
      const inner = `${path}/${name}`;
      if (file.isGroup(inner)) visit(inner, depth + 1);
      else contents.arrays.set(inner, file.array(inner, budget));
    }
  };
  visit("", 0);
  return contents;
}
