import { isObject, ownString, parseJson, type JsonObject, type JsonValue } from "../files/json.ts";
import { fail } from "../files/read-failure.ts";
import { shorten } from "../files/shorten.ts";
import { readKerasConfig } from "../keras/read-keras-config.ts";
import { producerOf, type Producer } from "../keras/producers.ts";
import type { Host } from "../load/host.ts";
import { checkFileSize, readPackedWeights } from "../weights/read-weight-file.ts";
import { kerasParts, readVersion } from "../weights/readers/keras-parts.ts";
import { containerOfPaths } from "../weights/readers/layer-arrays.ts";
import type { ReadPart } from "../weights/readers/shards.ts";
import { baseName } from "./base-name.ts";
import type { ImportChoice, ReadModel } from "./model-format.ts";
import { partUpTo } from "./part-up-to.ts";
import { readsBeside } from "./read-beside.ts";

/** The architecture that JSON is, as `model.to_json()` gives it; also encoded twice, as `json.dump(model.to_json())` does. */
export function architectureOf(json: JsonValue): JsonObject | undefined {
  const inner = typeof json === "string" && /^\s*\{/.test(json) ? parseJson(json, "the JSON in its string") : json;
  return isObject(inner) && ownString(inner, "class_name") !== undefined && Object.hasOwn(inner, "config")
    ? inner
    : undefined;
}

/**
 * Reads a model whose architecture is JSON, with its arrays from a file of their own: the one that is given, or one beside it
 * with a usual name.
 */
export async function readArchitecture(
  architecture: JsonObject,
  path: string,
  host: Host,
  { output, weights }: ImportChoice,
): Promise<ReadModel> {
  const beside = readsBeside(path, host);
  const isPart = baseName(path) === kerasParts.config;
  const version = ownString(architecture, "keras_version") ?? (isPart ? await readVersion(beside) : undefined);
  const config = readKerasConfig(architecture, producerOf(version, unnamedProducer(architecture)));
  const found = weights === undefined ? await findBeside(path, beside) : await readGiven(weights, host);
  if (found === undefined) {
    const root = containerOfPaths(config, [], "");
    return { format: "keras-h5", root: partUpTo(root, output), withoutArrays: true };
  }
  checkFileSize(found.bytes);
  const { format, root } = await readPackedWeights(found.bytes, found.path, { read: found.read, config });
  const belongs = isPart && (found.path === kerasParts.weights || found.path === kerasParts.shards);
  const note = weights === undefined && !belongs ? { weightsBeside: found.path } : {};
  return { format, root: partUpTo(root, output), ...note };
}

/** Keras 3 writes the module of each class and no version; older ones write their version. */
function unnamedProducer(architecture: JsonObject): Producer {
  return Object.hasOwn(architecture, "module") ? "keras-3" : "keras-2";
}

/** A file of arrays. */
interface FoundWeights {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly read: ReadPart;
}

async function readGiven(path: string, host: Host): Promise<FoundWeights> {
  const file = await host.readBytes(path);
  if (!file.ok) return fail("unsupported", `its weights '${shorten(path)}' can't be read: ${file.reason}`);
  return { path, bytes: file.content, read: readsBeside(path, host) };
}

/** The weights that lie beside an architecture: of the same name, or called as Keras' guides call them. */
async function findBeside(path: string, read: ReadPart): Promise<FoundWeights | undefined> {
  const stem = baseName(path).replace(/\.json$/i, "");
  const names = [stem, "model"].flatMap((name) => [
    `${name}.weights.h5`,
    `${name}.h5`,
    `${name}_weights.h5`,
    `${name}.weights.json`,
  ]);
  for (const name of names) {
    const bytes = name === baseName(path) ? undefined : await read(name);
    if (bytes !== undefined) return { path: name, bytes, read };
  }
  return undefined;
}
