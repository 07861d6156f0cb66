import { strToU8, zipSync } from "fflate";
import { checkProgram } from "../../src/check/check-program.ts";
import type { Model } from "../../src/check/model.ts";
import { hasErrors } from "../../src/diagnostics/diagnostic.ts";
import { exportKerasWeights } from "../../src/exporters/keras-weights.ts";
import { importModel } from "../../src/importers/import-model.ts";
import { weightKey } from "../../src/ir/weight-arrays.ts";
import type { ConfigValue } from "../../src/layers/definition.ts";
import type { Host } from "../../src/load/host.ts";
import { load } from "../../src/load/load.ts";
import { modelWeights } from "../../src/lower/model-info.ts";
import { bindWeights } from "../../src/weights/bind/bind-weights.ts";
import { readWeightFile, type ReadResult } from "../../src/weights/read-weight-file.ts";

const path = "model.keras";

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

/** A `.keras` file of a Sequential. */
export function kerasFile(
  input: readonly (number | null)[],
  layers: readonly KerasJson[],
  weights: Uint8Array,
): Uint8Array {
  const named = layers.map((layer, at) => ({ ...layer, config: { name: `layer_${at}`, ...layer.config } }));
  const first = { class_name: "InputLayer", config: { name: "in", batch_shape: [null, ...input] } };
  const config = { class_name: "Sequential", config: { name: "net", layers: [first, ...named] } };
  return zipSync({ "config.json": strToU8(JSON.stringify(config)), "model.weights.h5": weights }, { level: 0 });
}

function hostOf(bytes: Uint8Array): Host {
  return {
    resolve: (_from, relative) => relative,
    readText: async () => ({ ok: false, reason: "no text here" }),
    readBytes: async () => ({ ok: true, content: bytes }),
  };
}

/** The source that the file is imported as; undefined where the import is refused. */
export async function imported(bytes: Uint8Array): Promise<string | undefined> {
  return (await importModel(path, { host: hostOf(bytes), name: "Net" })).value?.source;
}

const models = new Map<string, Promise<Model>>();
const reads = new WeakMap<Uint8Array, Promise<ReadResult>>();

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

/** Whether the weights of the file bind to a source, whatever file its clause names. */
export async function binds(source: string, bytes: Uint8Array): Promise<boolean> {
  const model = await cached(models, source, () => modelOf(source));
  const read = await cached(reads, bytes, () => readWeightFile(bytes, path));
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
