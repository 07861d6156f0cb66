import { readHdf5 } from "../../files/hdf5.ts";
import { isObject, ownString, parseJson } from "../../files/json.ts";
import { maxJsonBytes } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import { readKerasConfig } from "../../keras/read-keras-config.ts";
import { producerOf } from "../../keras/producers.ts";
import type { WeightContainer } from "../weight-file.ts";
import { readKerasWeights } from "./keras-weights.ts";
import { readShards } from "./shards.ts";

/** The parts of a `.keras` file, and of the folder that Keras writes or that one unzips: how each is called. */
export const kerasParts = {
  config: "config.json",
  weights: "model.weights.h5",
  /** In place of the weights, where they lie in several files. */
  shards: "model.weights.json",
  metadata: "metadata.json",
} as const;

/** Reads a part by its name, of at most that many bytes; undefined where there is none. */
type ReadKerasPart = (name: string, most?: number) => Promise<Uint8Array | undefined>;

/** Reads a model of Keras 3 from its parts: the configuration and the arrays. */
export async function readKerasParts(read: ReadKerasPart): Promise<WeightContainer> {
  const { config: configPart, weights, shards } = kerasParts;
  const bytes = await read(configPart, maxJsonBytes);
  if (bytes === undefined) return fail("unsupported", `it has no '${configPart}'`);
  const config = readKerasConfig(parseJson(bytes, configPart), producerOf(await readVersion(read)));
  const arrays = await read(weights);
  if (arrays !== undefined) return readHdf5(arrays, (file) => readKerasWeights(file, config));
  const map = await read(shards, maxJsonBytes);
  if (map === undefined) return fail("unsupported", `it has no '${weights}'`);
  return readKerasWeights(await readShards(map, read), config);
}

/** Keras' version that the metadata name. */
export async function readVersion(read: ReadKerasPart): Promise<string | undefined> {
  const bytes = await read(kerasParts.metadata, maxJsonBytes);
  if (bytes === undefined) return undefined;
  const metadata = parseJson(bytes, kerasParts.metadata);
  return isObject(metadata) ? ownString(metadata, "keras_version") : undefined;
}
