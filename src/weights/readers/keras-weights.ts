import { failForArraysOfNoLayer } from "./arrays-of-no-layer.ts";
import { createArrayBudget, type ArrayBudget } from "../../files/array-budget.ts";
import type { Hdf5File } from "../../files/hdf5.ts";
import { isObject, ownString, ownValue, type JsonValue } from "../../files/json.ts";
import { isInput, type KerasConfig } from "../../keras/keras-config.ts";
import { layers as layerClasses } from "../../layers/index.ts";
import { toSnakeCase } from "../../layers/snake-case.ts";
import { maxDepth } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import type { WeightArray } from "../../files/weight-array.ts";
import { floatArrays } from "./layer-arrays.ts";
import { hasArrays, parseClassNumber, type WeightContainer, type WeightEntry } from "../weight-file.ts";

/** Where a container keeps its layers: Keras 3, and the first `.keras` files of Keras 2.12. */
const layerGroups = ["layers", "_layer_checkpoint_dependencies"];

/** Whether the file has Keras 3's `.weights.h5` layout, also that of a model whose layers stand under attributes. */
export function hasKerasWeightsLayout(file: Hdf5File): boolean {
  return layersOf(file, "") !== undefined || attributesOf(file, "").length > 0;
}

/**
 * Reads Keras 3's `.weights.h5` layout: arrays lie at `layers/<class>_<number>/vars/<index>`. With the configuration of a
 * `.keras` file the layers come in its order and with its names; without it they are ordered only within their class.
 */
export function readKerasWeights(file: Hdf5File, config?: KerasConfig): WeightContainer {
  const budget = createArrayBudget(file.bytes);
  if (config !== undefined) return configuredContainer(file, "", config, budget);
  return layersOf(file, "") === undefined
    ? attributedContainer(file, "", "", budget, 0)
    : bareContainer(file, "", "", budget, 0);
}

/** The group of a model, which lies in that of the wrapper, or wrappers, around it. */
function modelGroup({ node, storedAs }: KerasConfig, path: string): string {
  let wrapped: JsonValue | undefined = storedAs === undefined ? node : undefined;
  let group = path;
  while (isObject(wrapped) && ownString(wrapped, "class_name") === "TimeDistributed") {
    const config = ownValue(wrapped, "config");
    wrapped = isObject(config) ? ownValue(config, "layer") : undefined;
    group += "/layer";
  }
  return group;
}

/** Where a container keeps its layers: the keys of these, and the group of each. */
interface LayerGroups {
  readonly keys: readonly string[];
  pathOf(key: string): string;
}

function layersOf(file: Hdf5File, path: string): LayerGroups | undefined {
  const names = file.names(path === "" ? "/" : path);
  for (const group of layerGroups) {
    if (names.includes(group)) {
      const folder = `${path}/${group}`;
      return { keys: file.names(folder), pathOf: (key) => `${folder}/${key}` };
    }
    // Keras 2.12 and 2.13 joined names with the separator of the system, so that on Windows there is one group for both.
    const start = `${group}\\`;
    const joined = names.filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
    if (joined.length > 0) return { keys: joined, pathOf: (key) => `${path}/${start}${key}` };
  }
  return undefined;
}

/**
 * The group of each layer in the order of the configuration: by class, and within it by number. Versions that number each group
 * twice (`dense`, `dense_2`, `dense_4`) have as many of a class as there are layers.
 */
function keysOf(layers: readonly KerasConfig[], groups: ReadonlySet<string>): readonly string[] {
  const counted = new Map<string, number>();
  for (const layer of layers) {
    const base = toSnakeCase(layer.storedAs ?? layer.className);
    if (!isInput(layer)) counted.set(base, (counted.get(base) ?? 0) + 1);
  }
  const numbers = new Map<string, number[]>();
  for (const group of groups) {
    const { base, number } = parseClassNumber(group);
    numbers.set(
      base,
      [...(numbers.get(base) ?? []), number].sort((a, b) => a - b),
    );
  }
  const used = new Map<string, number>();
  return layers.map((layer) => {
    const base = toSnakeCase(layer.storedAs ?? layer.className);
    const at = used.get(base) ?? 0;
    const own = numbers.get(base) ?? [];
    const skips = own.length === counted.get(base) && (own.at(-1) ?? 0) >= own.length;
    const number = skips ? (own[at] ?? at) : at;
    const key = number === 0 ? base : `${base}_${number}`;
    // A Sequential's InputLayer has no group, and is not counted.
    if (groups.has(key) || !isInput(layer)) used.set(base, at + 1);
    return key;
  });
}

function configuredContainer(
  file: Hdf5File,
  path: string,
  config: KerasConfig,
  budget: ArrayBudget,
  exists = true,
): WeightContainer {
  const layers = exists ? layersOf(file, path) : undefined;
  const groups = new Set(layers?.keys ?? []);
  const keys = keysOf(config.layers ?? [], groups);
  const entries = (config.layers ?? []).map((layer, at): WeightEntry => {
    const key = keys[at] as string;
    const found = groups.delete(key);
    const inner = layers?.pathOf(key) ?? `${path}/${key}`;
    if (layer.layers !== undefined) return configuredContainer(file, modelGroup(layer, inner), layer, budget, found);
    return {
      kind: "layer",
      name: layer.name,
      keras: layer,
      arrays: found ? floatArrays(readVariables(file, inner, budget), layer) : [],
      source: inner.slice(1),
    };
  });
  // Groups without a layer are harmless when empty; arrays that no layer owns mean that the two parts don't belong together.
  const orphan = [...groups].find((key) => hasArrays(bareEntry(file, layers?.pathOf(key) ?? key, key, budget, 0)));
  if (orphan !== undefined) failForArraysOfNoLayer(orphan, config);
  return {
    kind: "container",
    name: config.name,
    ordered: true,
    branched: config.branched,
    entries,
    keras: config,
    source: path.slice(1),
  };
}

function bareContainer(file: Hdf5File, path: string, key: string, budget: ArrayBudget, depth: number): WeightContainer {
  if (depth > maxDepth) fail("too-large", `its groups nest deeper than ${maxDepth}`);
  const layers = layersOf(file, path);
  const entries = (layers?.keys ?? []).map((child) =>
    bareEntry(file, layers?.pathOf(child) ?? child, child, budget, depth + 1),
  );
  return {
    kind: "container",
    name: (path === "" ? undefined : layerName(file, path)) ?? key,
    classNumber: parseClassNumber(key),
    ordered: false,
    branched: false,
    entries,
    source: path.slice(1),
  };
}

function bareEntry(file: Hdf5File, path: string, key: string, budget: ArrayBudget, depth: number): WeightEntry {
  if (layersOf(file, path) !== undefined) return bareContainer(file, path, key, budget, depth);
  return {
    kind: "layer",
    name: layerName(file, path) ?? key,
    classNumber: parseClassNumber(key),
    arrays: readVariables(file, path, budget),
    source: path.slice(1),
  };
}

/** What a model or layer keeps besides its layers: arrays of its own, the state of its random numbers, what trains it. */
const noLayers: ReadonlySet<string> = new Set([
  "vars",
  "seed_generator",
  "optimizer",
  "metrics",
  "loss",
  "compiled_metrics",
]);

/** The attributes of a model of its author's class under which layers stand: all groups with variables. */
function attributesOf(file: Hdf5File, path: string): readonly string[] {
  return file
    .names(path === "" ? "/" : path)
    .filter((name) => !noLayers.has(name) && holdsVariables(file, `${path}/${name}`, 0));
}

function holdsVariables(file: Hdf5File, path: string, depth: number): boolean {
  if (depth > maxDepth || !file.isGroup(path)) return false;
  const names = file.names(path);
  return names.includes("vars") || names.some((name) => holdsVariables(file, `${path}/${name}`, depth + 1));
}

/** A model whose layers stand under the names of attributes, which have no order: `d1/vars/0`, `blocks/dense_1/vars/0`. */
function attributedContainer(
  file: Hdf5File,
  path: string,
  key: string,
  budget: ArrayBudget,
  depth: number,
): WeightContainer {
  if (depth > maxDepth) fail("too-large", `its groups nest deeper than ${maxDepth}`);
  const entries = attributesOf(file, path).map((name): WeightEntry => {
    const inner = `${path}/${name}`;
    if (layersOf(file, inner) !== undefined) return bareContainer(file, inner, name, budget, depth + 1);
    const own = attributesOf(file, inner);
    if (own.length > 0 && !own.includes("layer")) return attributedContainer(file, inner, name, budget, depth + 1);
    const automatic = parseClassNumber(layerName(file, inner) ?? name);
    return {
      kind: "layer",
      name,
      // Another name than an automatic one says nothing of the class.
      ...(layerClasses.some(({ className }) => toSnakeCase(className) === automatic.base)
        ? { classNumber: automatic }
        : {}),
      arrays: readVariables(file, inner, budget),
      source: inner.slice(1),
    };
  });
  return { kind: "container", name: key, ordered: false, branched: false, entries, source: path.slice(1) };
}

function layerName(file: Hdf5File, path: string): string | undefined {
  return file.isGroup(`${path}/vars`) ? file.texts(`${path}/vars`, "name")?.[0] : undefined;
}

/** `vars/0`, `vars/1`, ... in numeric order; then those of the layer that a wrapper such as TimeDistributed has, at any depth. */
function readVariables(file: Hdf5File, path: string, budget: ArrayBudget, depth = 0): readonly WeightArray[] {
  if (depth > maxDepth) return fail("too-large", `its groups nest deeper than ${maxDepth}`);
  const groups = file.names(path);
  const own = groups.includes("vars") ? readNumbered(file, path, budget) : [];
  if (!groups.includes("layer") || !file.isGroup(`${path}/layer`)) return own;
  return [...own, ...readVariables(file, `${path}/layer`, budget, depth + 1)];
}

function readNumbered(file: Hdf5File, path: string, budget: ArrayBudget): readonly WeightArray[] {
  const numbers = file.names(`${path}/vars`);
  return numbers.map((_, index) => {
    if (!numbers.includes(String(index))) fail("unsupported", `the arrays of '${path}/vars' are not numbered from 0`);
    const array = file.array(`${path}/vars/${index}`, budget);
    return { ...array, source: array.source.slice(1) };
  });
}
