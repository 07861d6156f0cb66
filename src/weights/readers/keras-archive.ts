import { readHdf5 } from "../../files/hdf5.ts";
import { isObject, ownString, parseJson } from "../../files/json.ts";
import { maxJsonBytes } from "../../files/limits.ts";
import { readKerasConfig } from "../../keras/keras-config.ts";
import { producerOf } from "../../keras/producers.ts";
import { fail } from "../../files/read-failure.ts";
import type { WeightContainer } from "../weight-file.ts";
import type { ZipArchive } from "../../files/zip.ts";
import { readKerasWeights } from "./keras-weights.ts";

const configMember = "config.json";
const weightsMember = "model.weights.h5";
const metadataMember = "metadata.json";

/** Reads a `.keras` file: a zip archive of the configuration and the arrays. */
export async function readKerasArchive(archive: ZipArchive): Promise<WeightContainer> {
  for (const name of [configMember, weightsMember]) {
    if (archive.names.includes(name)) continue;
    const first = archive.names.slice(0, 5).map((found) => `'${found}'`);
    fail(
      "unsupported",
      `it is a zip archive without '${name}', as a .keras file has it; it has ${first.join(", ") || "nothing"}`,
    );
  }
  const config = readKerasConfig(
    parseJson(await archive.read(configMember, maxJsonBytes), configMember),
    producerOf(await versionOf(archive)),
  );
  return readHdf5(await archive.read(weightsMember), (file) => readKerasWeights(file, config));
}

/** Keras' version that the file names. */
async function versionOf(archive: ZipArchive): Promise<string | undefined> {
  if (!archive.names.includes(metadataMember)) return undefined;
  const metadata = parseJson(await archive.read(metadataMember, maxJsonBytes), metadataMember);
  return isObject(metadata) ? ownString(metadata, "keras_version") : undefined;
}
