import { strToU8, zipSync } from "fflate";
import { checkProgram } from "../../src/check/check-program.ts";
import type { Model } from "../../src/check/model.ts";
import { hasErrors } from "../../src/diagnostics/diagnostic.ts";
import { exportKerasWeights } from "../../src/exporters/keras-weights.ts";
import { createArrayBudget } from "../../src/files/array-budget.ts";
import { readHdf5, type Hdf5File } from "../../src/files/hdf5.ts";
import { parseJson } from "../../src/files/json.ts";
import { fail } from "../../src/files/read-failure.ts";
import type { WeightArray } from "../../src/files/weight-array.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { weightKey } from "../../src/ir/weight-arrays.ts";
import { readKerasConfig } from "../../src/keras/read-keras-config.ts";
import type { ConfigValue } from "../../src/layers/definition.ts";
import { load } from "../../src/load/load.ts";
import { modelWeights } from "../../src/lower/model-info.ts";
import { keras } from "../../src/model-formats/keras.ts";
import { bindWeights } from "../../src/weights/bind/bind-weights.ts";
import { readKerasWeights } from "../../src/weights/readers/keras-weights.ts";
import { readSafely, type ReadResult } from "../../src/weights/read-weight-file.ts";

/** What all files are called. */
export const path = "model.keras";

/** A layer as a configuration has it. */
export interface KerasJson {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly module?: string;
  readonly registered_name?: string;
}

/** The model of a source text that declares one; throws where it is wrong. */
export async function modelOf(text: string): Promise<Model> {
  const loaded = await load({ path: "net.layers", text });
  const { value, diagnostics } = checkProgram(loaded.program, loaded.diagnostics);
  const [model] = value.models;
  if (model === undefined || hasErrors(diagnostics)) {
    throw new Error(`${diagnostics.map(({ message }) => message).join("; ")}: ${text}`);
  }
  return model;
}

/** The arrays of a model as the weights of a `.keras` file. */
export async function weightsOf(model: Model): Promise<Uint8Array> {
  const arrays = modelWeights(model).map(({ path: names, shape }, index) => {
    const size = shape.reduce((product, axis) => product * axis, 1);
    return [weightKey(names), Float32Array.from({ length: size }, (_, at) => 1 + Math.sin(at + index))] as const;
  });
  return exportKerasWeights(model, new Map(arrays));
}

/** What is in a `.keras` file. */
export interface KerasFile {
  /** Its `config.json`. */
  readonly config: string;
  /** Its `model.weights.h5`. */
  readonly weights: Uint8Array;
}

/** A `.keras` file of a Sequential. */
export function kerasFile(
  input: readonly (number | null)[],
  layers: readonly KerasJson[],
  weights: Uint8Array,
): KerasFile {
  const named = layers.map((layer, at) => ({ ...layer, config: { name: `layer_${at}`, ...layer.config } }));
  const first = { class_name: "InputLayer", config: { name: "in", batch_shape: [null, ...input] } };
  const config = { class_name: "Sequential", config: { name: "net", layers: [first, ...named] } };
  return { config: JSON.stringify(config), weights };
}

/** The bytes of a file. */
export function packed({ config, weights }: KerasFile): Uint8Array {
  return zipSync({ "config.json": strToU8(config), "model.weights.h5": weights }, { level: 0 });
}

const models = new Map<string, Promise<Model>>();
const contents = new WeakMap<Uint8Array, Promise<Hdf5File>>();
const reads = new WeakMap<KerasFile, Promise<ReadResult>>();

/** What a map has for a key; made once. */
function cached<Key, Value>(
  map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: () => Value,
): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/**
 * Reads a file as `readWeightFile` reads its bytes, but opens arrays that many files share only once: the HDF5 library takes
 * longer than all else.
 */
export function readFile(file: KerasFile): Promise<ReadResult> {
  return cached(reads, file, () =>
    readSafely(async () => {
      const config = readKerasConfig(parseJson(strToU8(file.config), "config.json"));
      const root = readKerasWeights(await cached(contents, file.weights, () => contentOf(file.weights)), config);
      return { file: { format: "keras-archive", path, root } };
    }),
  );
}

/** The groups and arrays of an HDF5 file, as they are while it is open. */
function contentOf(bytes: Uint8Array): Promise<Hdf5File> {
  return readHdf5(bytes, (file) => {
    const groups = new Map<string, readonly string[]>();
    const arrays = new Map<string, WeightArray>();
    const visit = (at: string): void => {
      const name = at === "" ? "/" : at;
      if (!file.isGroup(name)) {
        arrays.set(name, file.array(name, createArrayBudget()));
        return;
      }
      groups.set(name, file.names(name));
      for (const inner of file.names(name)) visit(`${at}/${inner}`);
    };
    visit("");
    return {
      bytes: bytes.length,
      isGroup: (name) => groups.has(name),
      names: (name) => groups.get(name) ?? [],
      texts: () => undefined,
      array: (name) => arrays.get(name) ?? fail("unsupported", `'${name}' is not an array stored in this file`),
    };
  });
}

/** The source that the file is imported as; undefined where the import is refused. */
export async function imported(file: KerasFile): Promise<string | undefined> {
  const read = await readFile(file);
  return read.ok ? (await importFile({ file: read.file, format: keras }, { name: "Net" })).value?.source : undefined;
}

/** Whether the weights of the file bind to a source, whatever file its clause names. */
export async function binds(source: string, file: KerasFile): Promise<boolean> {
  const model = await cached(models, source, () => modelOf(source));
  const read = await readFile(file);
  if (!read.ok) return false;
  return !hasErrors(bindWeights({ ...model, weights: { path, span: model.nameSpan } }, () => read.file).diagnostics);
}

/** An argument as Keras serializes it. */
export function toJson(value: ConfigValue): unknown {
  if (value === null || typeof value !== "object") return value;
  if (!("kind" in value)) return value.map(toJson);
  switch (value.kind) {
    case "activation":
      return value.definition.name;
    case "layer":
      return { class_name: value.definition.className, config: configJson(value.config) };
    default:
      return { class_name: value.className, config: configJson(value.config) };
  }
}

/** The configuration of a layer as Keras serializes it. */
export function configJson(config: Readonly<Record<string, ConfigValue>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, toJson(value)]));
}
