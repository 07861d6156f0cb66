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

/** Reads a `.keras` file: a zip archive of the configuration and the arrays, which may lie in a folder of it. */
export async function readKerasArchive(archive: ZipArchive): Promise<WeightContainer> {
  const folder = folderOf(archive);
  for (const name of [configMember, weightsMember]) {
    if (archive.names.includes(`${folder}${name}`)) continue;
    const first = archive.names.slice(0, 5).map((found) => `'${found}'`);
    fail(
      "unsupported",
      `it is a zip archive without '${name}', as a .keras file has it; it has ${first.join(", ") || "nothing"}`,
    );
  }
  const config = readKerasConfig(
    parseJson(await archive.read(`${folder}${configMember}`, maxJsonBytes), configMember),
    producerOf(await versionOf(archive, folder)),
  );
  return readHdf5(await archive.read(`${folder}${weightsMember}`), (file) => readKerasWeights(file, config));
}

/** Where the parts lie: in the archive itself, or in the one folder of it, when somebody has packed one anew. */
function folderOf({ names }: ZipArchive): string {
  if (names.includes(configMember)) return "";
  const folders = names
    .filter((name) => name.endsWith(`/${configMember}`))
    .map((name) => name.slice(0, -configMember.length));
  const [only, ...others] = folders;
  return others.length === 0 ? (only ?? "") : "";
}

/** Keras' version that the file names. */
async function versionOf(archive: ZipArchive, folder: string): Promise<string | undefined> {
  const name = `${folder}${metadataMember}`;
  if (!archive.names.includes(name)) return undefined;
  const metadata = parseJson(await archive.read(name, maxJsonBytes), metadataMember);
  return isObject(metadata) ? ownString(metadata, "keras_version") : undefined;
}
