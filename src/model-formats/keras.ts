import type { ModelFormat } from "./model-format.ts";

/** Keras' whole models. Files of arrays alone are read, too, to say what they lack. */
export const keras: ModelFormat = {
  files: [".keras", ".h5"],
  tool: "Keras",
  endings: [".weights.h5", ".keras", ".h5", ".hdf5"],
  async detect(path, bytes) {
    const { detectPacking, packingOfPath } = await import("../files/detect-packing.ts");
    return detectPacking(bytes) !== undefined || packingOfPath(path) !== undefined;
  },
  async read(bytes, path, _host, { output }) {
    const { readPackedWeights } = await import("../weights/read-weight-file.ts");
    const { partUpTo } = await import("./part-up-to.ts");
    const { format, root } = await readPackedWeights(bytes, path);
    return { format, root: partUpTo(root, output) };
  },
};
