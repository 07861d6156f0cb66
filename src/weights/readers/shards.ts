import { createArrayBudget } from "../../files/array-budget.ts";
import type { Hdf5File } from "../../files/hdf5.ts";
import { isObject, ownValue, parseJson, type JsonObject, type JsonValue } from "../../files/json.ts";
import { maxEntries, maxFileBytes } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import { shorten } from "../../files/shorten.ts";
import { readHdf5Parts } from "./hdf5-parts.ts";

/** Reads a file beside the one that names it; undefined where there is none. */
export type ReadPart = (name: string) => Promise<Uint8Array | undefined>;

/** Whether JSON is the map of weights that Keras has saved in several files (`save_weights(max_shard_size=...)`). */
function isShardMap(json: JsonValue): json is JsonObject {
  return isObject(json) && isObject(ownValue(json, "weight_map"));
}

/**
 * Reads the files of a map of shards, `*.weights.json`: `{ "weight_map": { "/layers/dense/vars": ["w_00000.weights.h5"] } }`,
 * as one file of arrays.
 */
export async function readShards(bytes: Uint8Array, read: ReadPart): Promise<Hdf5File> {
  const json = parseJson(bytes, "the map of its files");
  const map = isShardMap(json) ? (ownValue(json, "weight_map") as JsonObject) : undefined;
  if (map === undefined)
    return fail("unsupported", "its JSON has no weight_map, as the *.weights.json of Keras has it");
  const names = new Set<string>();
  for (const [key, value] of Object.entries(map)) {
    for (const name of Array.isArray(value) ? (value as readonly JsonValue[]) : [value]) {
      if (typeof name !== "string") return fail("damaged", `its weight_map names no file for '${shorten(key, 60)}'`);
      if (!/^[^/\\:]+$/.test(name) || name === "..") {
        return fail("unsupported", `its weight_map names '${shorten(name, 60)}', which is not a file beside it`);
      }
      names.add(name);
    }
  }
  if (names.size > maxEntries) fail("too-large", `it has more than ${maxEntries} files of weights`);
  const files: Uint8Array[] = [];
  let total = 0;
  for (const name of names) {
    const file = await read(name);
    if (file === undefined) return fail("incomplete", `its file of weights '${shorten(name, 60)}' is not beside it`);
    total += file.length;
    if (total > maxFileBytes) fail("too-large", `its files of weights have more than ${maxFileBytes} bytes`);
    files.push(file);
  }
  return readHdf5Parts(files, createArrayBudget());
}
