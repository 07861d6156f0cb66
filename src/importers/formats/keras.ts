import { detectPacking, packingOfPath } from "../../files/detect-packing.ts";
import { readPackedWeights } from "../../weights/read-weight-file.ts";
import type { ImportFormat } from "./format.ts";

/** Keras' whole models. Files of arrays alone are read, too, to say what they lack. */
export const keras: ImportFormat = {
  files: [".keras", ".h5"],
  tool: "Keras",
  endings: [".weights.h5", ".keras", ".h5", ".hdf5"],
  detect: (path, bytes) => detectPacking(bytes) !== undefined || packingOfPath(path) !== undefined,
  read: readPackedWeights,
};
