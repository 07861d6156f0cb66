import { readHdf5 } from "../../files/hdf5.ts";
import { fail } from "../../files/read-failure.ts";
import type { WeightContainer, WeightFormat } from "../weight-file.ts";
import { hasKerasH5Layout, readKerasH5 } from "./keras-h5.ts";
import { hasKerasWeightsLayout, readKerasWeights } from "./keras-weights.ts";

/** Reads either of Keras' HDF5 layouts; which one it is shows in the file, as both end in `.h5`. */
export function readHdf5Model(
  bytes: Uint8Array,
): Promise<{ readonly format: WeightFormat; readonly root: WeightContainer }> {
  return readHdf5(bytes, (file) => {
    if (hasKerasH5Layout(file)) return { format: "keras-h5", root: readKerasH5(file) };
    if (hasKerasWeightsLayout(file)) return { format: "keras-weights", root: readKerasWeights(file) };
    return fail("unsupported", "it is an HDF5 file, but not one of Keras: it has neither 'layers' nor 'model_weights'");
  });
}
