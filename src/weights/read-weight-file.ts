import { detectPacking, packingOfPath, supportedFormats, type Packing } from "../files/detect-packing.ts";
import { maxFileBytes } from "../files/limits.ts";
import { fail, failureOf, type ReadFailure } from "../files/read-failure.ts";
import type { WeightContainer, WeightFile, WeightFormat } from "./weight-file.ts";

export type ReadResult =
  { readonly ok: true; readonly file: WeightFile } | { readonly ok: false; readonly failure: ReadFailure };

/**
 * Reads a file of trained arrays. Its first bytes give the format; the ending of `path` must not contradict them. The
 * reader and its library are loaded only now. Any content gives a result: no bytes make it throw.
 */
export async function readWeightFile(bytes: Uint8Array, path: string): Promise<ReadResult> {
  try {
    if (bytes.length > maxFileBytes) fail("too-large", `it has more than ${maxFileBytes} bytes`);
    return { ok: true, file: { path, ...(await readPacked(bytes, choosePacking(bytes, path))) } };
  } catch (error) {
    const failure = failureOf(error);
    if (failure !== undefined) return { ok: false, failure };
    // An allocation that the machine refuses.
    if (error instanceof RangeError)
      return { ok: false, failure: { kind: "too-large", message: "it needs too much memory" } };
    throw error;
  }
}

const packingNames: Readonly<Record<Packing, string>> = {
  safetensors: "safetensors",
  zip: "zip, as .keras and .npz files are",
  hdf5: "HDF5, as .h5 files are",
};

function choosePacking(bytes: Uint8Array, path: string): Packing {
  const found = detectPacking(bytes);
  const expected = packingOfPath(path);
  if (bytes.length === 0) return fail("damaged", "it is empty");
  if (found === undefined && expected === undefined) {
    return fail("unsupported", `its format is unknown; supported are ${supportedFormats}`);
  }
  if (found === undefined) return fail("damaged", `its content is not ${packingNames[expected as Packing]}`);
  if (expected !== undefined && expected !== found) {
    return fail("unsupported", `its name says ${packingNames[expected]}, its content is ${packingNames[found]}`);
  }
  return found;
}

async function readPacked(
  bytes: Uint8Array,
  packing: Packing,
): Promise<{ readonly format: WeightFormat; readonly root: WeightContainer }> {
  switch (packing) {
    case "safetensors": {
      const { readSafetensors } = await import("./readers/safetensors.ts");
      return { format: "safetensors", root: readSafetensors(bytes) };
    }
    case "zip": {
      const { readZipModel } = await import("./readers/zip-model.ts");
      return readZipModel(bytes);
    }
    case "hdf5": {
      const { readHdf5Model } = await import("./readers/hdf5-model.ts");
      return readHdf5Model(bytes);
    }
  }
}
