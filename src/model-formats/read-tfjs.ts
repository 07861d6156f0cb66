import { formatCount } from "../diagnostics/format-count.ts";
import { counted } from "../diagnostics/counted.ts";
import type { Host } from "../load/host.ts";
import { createArrayBudget, type ArrayBudget } from "../files/array-budget.ts";
import { toFloat32, type ElementType } from "../files/float-conversion.ts";
import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../files/json.ts";
import { producerOf } from "../keras/producers.ts";
import { readKerasConfig, withTraining } from "../keras/read-keras-config.ts";
import { maxEntries, maxFileBytes } from "../files/limits.ts";
import { fail } from "../files/read-failure.ts";
import { isBeside } from "./read-beside.ts";
import { containerOfPaths, type GroupArray } from "../weights/readers/layer-arrays.ts";
import type { WeightContainer } from "../weights/weight-file.ts";

const elementTypes: ReadonlyMap<string, ElementType> = new Map([
  ["float32", { bytes: 4, class: "float" }],
  ["float16", { bytes: 2, class: "float" }],
  ["int32", { bytes: 4, class: "signed" }],
  ["uint16", { bytes: 2, class: "unsigned" }],
  ["uint8", { bytes: 1, class: "unsigned" }],
  ["bool", { bytes: 1, class: "unsigned" }],
]);

/**
 * Reads a TensorFlow.js layers-model: `model.json` and the shards it names, which lie beside it. Format:
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts (`ModelJSON`). Quantised weights become
 * `value * scale + min`, as TensorFlow.js computes them.
 */
export async function readTfjs(model: JsonValue, path: string, host: Host): Promise<WeightContainer> {
  if (!isObject(model)) return fail("unsupported", "its JSON is not an object, as a model.json of TensorFlow.js is");
  const topology = ownValue(model, "modelTopology");
  if (!isObject(topology)) return fail("unsupported", "it is JSON without a modelTopology, as a model.json has it");
  const config = readKerasConfig(
    ownValue(topology, "model_config") ?? topology,
    producerOf(ownString(topology, "keras_version"), "tfjs"),
  );
  const arrays = await readManifest(ownValue(model, "weightsManifest"), path, host);
  const training = ownValue(topology, "training_config") ?? ownValue(model, "trainingConfig");
  return containerOfPaths(withTraining(config, training), arrays, "weightsManifest");
}

/** The arrays of a model.json, from the files beside it. */
export async function readManifest(
  json: JsonValue | undefined,
  path: string,
  host: Host,
): Promise<readonly GroupArray[]> {
  if (!Array.isArray(json))
    return fail("unsupported", "its model.json has no weightsManifest: the weights are missing");
  const budget = createArrayBudget();
  const arrays: GroupArray[] = [];
  const names = new Set<string>();
  let total = 0;
  for (const group of json as readonly JsonValue[]) {
    const entries = (isObject(group) ? objects(ownValue(group, "weights"), "weights") : undefined) ?? [];
    const paths = isObject(group) ? texts(ownValue(group, "paths")) : undefined;
    if (paths === undefined) return fail("damaged", "a group of its weightsManifest has no list of paths");
    if (arrays.length + entries.length > maxEntries) fail("too-large", `it has more than ${maxEntries} arrays`);
    const planned = entries.map((entry) => readEntry(entry, budget));
    const expected = planned.reduce((sum, { bytes }) => sum + bytes, 0);
    total += expected;
    if (total > maxFileBytes) fail("too-large", `its arrays have more than ${maxFileBytes} bytes`);
    const data = await readShards(paths, expected, path, host);
    let offset = 0;
    for (const entry of planned) {
      if (names.has(entry.name)) fail("damaged", `its weightsManifest has '${entry.name}' twice`);
      names.add(entry.name);
      if (!entry.trains) arrays.push(toArray(entry, data.subarray(offset, offset + entry.bytes)));
      offset += entry.bytes;
    }
  }
  return arrays;
}

/** The files of a group, one after the other. */
async function readShards(paths: readonly string[], expected: number, path: string, host: Host): Promise<Uint8Array> {
  if (paths.length > maxEntries) fail("too-large", `it has more than ${maxEntries} files of weights`);
  const parts: Uint8Array[] = [];
  let found = 0;
  for (const shard of paths) {
    if (!isBeside(shard)) {
      fail("unsupported", `its weightsManifest names '${shard}', which is not a file beside model.json`);
    }
    const read = await host.readBytes(host.resolve(path, `./${shard}`));
    if (!read.ok) {
      return fail("incomplete", `its file of weights '${shard}' can't be read: ${read.reason}`);
    }
    found += read.content.length;
    if (found > expected) break;
    parts.push(read.content);
  }
  if (found !== expected) {
    const most = found > expected ? "more than " : "";
    fail(
      "damaged",
      `its files of weights have ${most}${counted(Math.min(found, expected), "byte")}, its model.json says ${formatCount(expected)}`,
    );
  }
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const joined = new Uint8Array(expected);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly count: number;
  readonly bytes: number;
  readonly type: ElementType;
  /** Whether it is the optimizer's, which TensorFlow.js saves with a model that it trains. */
  readonly trains: boolean;
  /** `value * scale + min`; rounded where the weights were integers. */
  readonly scaled?: { readonly scale: number; readonly min: number; readonly whole: boolean };
}

function readEntry(json: JsonObject, budget: ArrayBudget): Entry {
  const name = ownString(json, "name");
  if (name === undefined) return fail("damaged", "an entry of its weightsManifest has no name");
  const shape = ownValue(json, "shape");
  if (!Array.isArray(shape) || !shape.every((axis) => typeof axis === "number")) {
    return fail("damaged", `'${name}' has no shape`);
  }
  const count = budget.take(shape as readonly number[], name);
  const dtype = ownString(json, "dtype") ?? "nothing";
  const quantization = ownValue(json, "quantization");
  const stored = isObject(quantization) ? (ownString(quantization, "dtype") ?? "nothing") : dtype;
  const type = elementTypes.get(stored);
  if (type === undefined || !elementTypes.has(dtype)) {
    const wrong = type === undefined ? stored : dtype;
    return fail("unsupported", `'${name}' has the type ${wrong}; supported are ${[...elementTypes.keys()].join(", ")}`);
  }
  const entry = {
    name,
    shape: shape as readonly number[],
    count,
    bytes: count * type.bytes,
    type,
    trains: ownString(json, "group") === "optimizer",
  };
  if (!isObject(quantization) || type.class === "float") return entry;
  const scale = ownValue(quantization, "scale");
  const min = ownValue(quantization, "min");
  if (typeof scale !== "number" || typeof min !== "number") {
    return fail("damaged", `the quantization of '${name}' has no scale and min`);
  }
  return { ...entry, scaled: { scale, min, whole: dtype === "int32" } };
}

function toArray({ name, shape, count, type, scaled }: Entry, bytes: Uint8Array): GroupArray {
  const data = toFloat32(bytes, type, count);
  if (scaled !== undefined) {
    for (const [index, value] of data.entries()) {
      const exact = value * scaled.scale + scaled.min;
      data[index] = scaled.whole ? Math.round(exact) : exact;
    }
  }
  const parents = name.split("/");
  return { shape, data, source: name, name: parents.pop() as string, parents };
}

function objects(json: JsonValue | undefined, what: string): readonly JsonObject[] {
  if (!Array.isArray(json) || !json.every(isObject))
    return fail("damaged", `its weightsManifest has a group without ${what}`);
  return json as readonly JsonObject[];
}

function texts(json: JsonValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(json) || !json.every((item) => typeof item === "string")) return undefined;
  return json as readonly string[];
}
