import { readHdf5 } from "../../files/hdf5.ts";
import { parseJson } from "../../files/json.ts";
import { maxJsonBytes } from "../../files/limits.ts";
import { readKerasConfig } from "../../keras/keras-config.ts";
import { fail } from "../../files/read-failure.ts";
import type { WeightContainer } from "../weight-file.ts";
import type { ZipArchive } from "../../files/zip.ts";
import { readKerasWeights } from "./keras-weights.ts";

const configMember = "config.json";
const weightsMember = "model.weights.h5";

/** Reads a `.keras` file: a zip archive of the configuration and the arrays. */
export async function readKerasArchive(archive: ZipArchive): Promise<WeightContainer> {
  for (const name of [configMember, weightsMember]) {
    if (archive.names.includes(name)) continue;
    if (archive.names.some((found) => /(?:^|\/)data\.pkl$/.test(found))) {
      fail(
        "unsupported",
        "it is a file of torch.save; save the state by safetensors.torch.save_file(model.state_dict(), path)",
      );
    }
    const first = archive.names.slice(0, 5).map((found) => `'${found}'`);
    fail(
      "unsupported",
      `it is a zip archive without '${name}', as a .keras file has it; it has ${first.join(", ") || "nothing"}`,
    );
  }
  const config = readKerasConfig(parseJson(await archive.read(configMember, maxJsonBytes), configMember));
  return readHdf5(await archive.read(weightsMember), (file) => readKerasWeights(file, config));
}
