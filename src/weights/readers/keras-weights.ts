import { createArrayBudget, type ArrayBudget } from "../../files/array-budget.ts";
import type { Hdf5File } from "../../files/hdf5.ts";
import { isInput, type KerasConfig } from "../../keras/keras-config.ts";
import { toSnakeCase } from "../../layers/snake-case.ts";
import { maxDepth } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import type { WeightArray } from "../../files/weight-array.ts";
import { hasArrays, parseClassNumber, type WeightContainer, type WeightEntry } from "../weight-file.ts";

/** Where a container keeps its layers: Keras 3, and the first `.keras` files of Keras 2.12. */
const layerGroups = ["layers", "_layer_checkpoint_dependencies"];

/** Whether the file has Keras 3's `.weights.h5` layout. */
export function hasKerasWeightsLayout(file: Hdf5File): boolean {
  return layersPath(file, "") !== undefined;
}

/**
 * Reads Keras 3's `.weights.h5` layout: arrays lie at `layers/<class>_<number>/vars/<index>`. With the configuration of a
 * `.keras` file the layers come in its order and with its names; without it they are ordered only within their class.
 */
export function readKerasWeights(file: Hdf5File, config?: KerasConfig): WeightContainer {
  const budget = createArrayBudget();
  return config === undefined ? bareContainer(file, "", "", budget, 0) : configuredContainer(file, "", config, budget);
}

function layersPath(file: Hdf5File, path: string): string | undefined {
  const names = file.names(path === "" ? "/" : path);
  const group = layerGroups.find((candidate) => names.includes(candidate));
  return group === undefined ? undefined : `${path}/${group}`;
}

function configuredContainer(
  file: Hdf5File,
  path: string,
  config: KerasConfig,
  budget: ArrayBudget,
  exists = true,
): WeightContainer {
  const layers = exists ? layersPath(file, path) : undefined;
  const groups = new Set(layers === undefined ? [] : file.names(layers));
  const used = new Map<string, number>();
  const entries = (config.layers ?? []).map((layer): WeightEntry => {
    const base = toSnakeCase(layer.className);
    const number = used.get(base) ?? 0;
    const key = number === 0 ? base : `${base}_${number}`;
    const found = groups.delete(key);
    // A Sequential's InputLayer has no group, and is not counted.
    if (found || !isInput(layer)) used.set(base, number + 1);
    const inner = `${layers ?? path}/${key}`;
    if (layer.layers !== undefined) return configuredContainer(file, inner, layer, budget, found);
    return {
      kind: "layer",
      name: layer.name,
      keras: layer,
      arrays: found ? readVariables(file, inner, budget) : [],
      source: inner.slice(1),
    };
  });
  // Groups without a layer are harmless when empty; arrays that no layer owns mean that the two parts don't belong together.
  const orphan = [...groups].find((key) => hasArrays(bareEntry(file, `${layers}/${key}`, key, budget, 0)));
  if (orphan !== undefined) fail("damaged", `its arrays in '${orphan}' belong to no layer of its configuration`);
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
  const layers = layersPath(file, path);
  const keys = layers === undefined ? [] : file.names(layers);
  const entries = keys.map((child) => bareEntry(file, `${layers}/${child}`, child, budget, depth + 1));
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
  if (layersPath(file, path) !== undefined) return bareContainer(file, path, key, budget, depth);
  return {
    kind: "layer",
    name: layerName(file, path) ?? key,
    classNumber: parseClassNumber(key),
    arrays: readVariables(file, path, budget),
    source: path.slice(1),
  };
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
