import { createArrayBudget } from "../../files/array-budget.ts";
import { buildArrayTree, type KeyedArray } from "../array-tree.ts";
import { readNpy } from "../../files/npy.ts";
import { fail } from "../../files/read-failure.ts";
import type { WeightContainer } from "../weight-file.ts";
import type { ZipArchive } from "../../files/zip.ts";

/** Whether a zip archive is one of numpy: it holds nothing but `.npy` arrays. */
export function isNpz(archive: ZipArchive): boolean {
  return archive.names.length > 0 && archive.names.every((name) => name.endsWith(".npy"));
}

/**
 * Reads what `numpy.savez` writes: a zip archive of arrays, here with the paths of Keras' weights as names
 * (`sequential/dense/kernel`). Names are split at `/` if any has one, else at `.`.
 */
export async function readNpz(archive: ZipArchive): Promise<WeightContainer> {
  const budget = createArrayBudget();
  const items: KeyedArray[] = [];
  for (const member of archive.names) {
    const key = member.slice(0, -".npy".length);
    if (/^arr_\d+$/.test(key)) {
      fail(
        "unsupported",
        `its array '${key}' has no name; save it with names such as 'dense/kernel' (savez(file, **arrays))`,
      );
    }
    items.push({ key, array: readNpy(await archive.read(member), key, budget) });
  }
  return buildArrayTree(items, items.some((item) => item.key.includes("/")) ? "/" : ".");
}
