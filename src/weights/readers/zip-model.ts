import type { WeightContainer, WeightFormat } from "../weight-file.ts";
import { openZip } from "../../files/zip.ts";
import { readKerasArchive } from "./keras-archive.ts";
import { isNpz, readNpz } from "./npz.ts";
import { isTorchArchive, readTorchArchive } from "./torch-archive.ts";

/** Reads any kind of zip archive, a `.keras`, `.npz` or PyTorch file; which one it is shows in its members. */
export async function readZipModel(
  bytes: Uint8Array,
): Promise<{ readonly format: WeightFormat; readonly root: WeightContainer }> {
  const archive = openZip(bytes);
  if (isNpz(archive)) return { format: "npz", root: await readNpz(archive) };
  if (isTorchArchive(archive)) return { format: "torch", root: await readTorchArchive(archive) };
  return { format: "keras-archive", root: await readKerasArchive(archive) };
}
