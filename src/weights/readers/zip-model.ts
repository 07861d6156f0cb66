import type { WeightContainer, WeightFormat } from "../weight-file.ts";
import { openZip } from "../../files/zip.ts";
import { readKerasArchive } from "./keras-archive.ts";
import { isNpz, readNpz } from "./npz.ts";

/** Reads either kind of zip archive, a `.keras` or an `.npz` file; which one it is shows in its members. */
export async function readZipModel(
  bytes: Uint8Array,
): Promise<{ readonly format: WeightFormat; readonly root: WeightContainer }> {
  const archive = openZip(bytes);
  if (isNpz(archive)) return { format: "npz", root: await readNpz(archive) };
  return { format: "keras-archive", root: await readKerasArchive(archive) };
}
