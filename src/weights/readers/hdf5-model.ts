import { readHdf5 } from "../../files/hdf5.ts";
import { fail } from "../../files/read-failure.ts";
import type { KerasConfig } from "../../keras/keras-config.ts";
import type { WeightContainer, WeightFormat } from "../weight-file.ts";
import { hasKerasH5Layout, readKerasH5 } from "./keras-h5.ts";
import { hasKerasWeightsLayout, readKerasWeights } from "./keras-weights.ts";

/** What a file of weights is that was copied while its writer had not yet closed it. */
const emptyHdf5 =
  "it is an HDF5 file without anything in it, as one is that was copied before Keras had closed it; copy or save it once more";

/**
 * Reads either of Keras' HDF5 layouts; which one it is shows in the file, as both end in `.h5`. `config` is the model's where
 * another file has it.
 */
export function readHdf5Model(
  bytes: Uint8Array,
  config?: KerasConfig,
): Promise<{ readonly format: WeightFormat; readonly root: WeightContainer }> {
  return readHdf5(bytes, (file) => {
    if (hasKerasH5Layout(file)) return { format: "keras-h5", root: readKerasH5(file, config) };
    if (hasKerasWeightsLayout(file)) return { format: "keras-weights", root: readKerasWeights(file, config) };
    if (file.names("/").length === 0) fail("unsupported", emptyHdf5);
    return fail("unsupported", "it is an HDF5 file, but not one of Keras: it has neither 'layers' nor 'model_weights'");
  });
}
