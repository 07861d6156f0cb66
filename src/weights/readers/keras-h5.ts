import { failForArraysOfNoLayer } from "./arrays-of-no-layer.ts";
import { createArrayBudget, type ArrayBudget } from "../../files/array-budget.ts";
import type { Hdf5File } from "../../files/hdf5.ts";
import { parseJson } from "../../files/json.ts";
import type { KerasConfig } from "../../keras/keras-config.ts";
import { readKerasConfig, withTraining } from "../../keras/read-keras-config.ts";
import { producerOf } from "../../keras/producers.ts";
import { maxEntries } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import type { WeightContainer, WeightEntry, WeightLayer } from "../weight-file.ts";
import { container, containerOfPaths, leaf, plain, type GroupArray } from "./layer-arrays.ts";

/** Whether the file has the layout of Keras' older `.h5` files. */
export function hasKerasH5Layout(file: Hdf5File): boolean {
  return (
    file.isGroup("/model_weights") ||
    file.texts("/", "layer_names") !== undefined ||
    file.texts("/", "layer_names0") !== undefined
  );
}

/**
 * Reads Keras' older HDF5 layout: a whole model (`model_config` and the group `model_weights`, of Keras 3 or 2), or what
 * Keras 2's `save_weights` wrote (the same groups at the root, without a configuration). `given` is the configuration where
 * another file has it.
 */
export function readKerasH5(file: Hdf5File, given?: KerasConfig): WeightContainer {
  const root = file.isGroup("/model_weights") ? "/model_weights" : "";
  const order = splitTexts(file, root === "" ? "/" : root, "layer_names") ?? [];
  if (order.length > maxEntries) fail("too-large", `it has more than ${maxEntries} layers`);
  const budget = createArrayBudget(file.bytes);
  const groups = new Map<string, readonly GroupArray[]>();
  for (const name of order) {
    if (groups.has(name)) fail("damaged", `its layer_names has '${name}' twice`);
    groups.set(name, readGroup(file, `${root}/${name}`, budget));
  }
  const text = given === undefined ? file.texts("/", "model_config")?.[0] : undefined;
  if (given !== undefined && namesAll(given, groups)) return configured(given, groups, root.slice(1));
  if (text !== undefined) {
    const producer = producerOf(file.texts("/", "keras_version")?.[0]);
    const config = readKerasConfig(parseJson(text, "model_config"), producer);
    const training = file.texts("/", "training_config")?.[0];
    const json = training === undefined ? undefined : parseJson(training, "training_config");
    return configured(withTraining(config, json), groups, root.slice(1));
  }
  const entries = [...groups].map(([name, arrays]) => bareEntry(name, arrays, `${root}/${name}`.slice(1)));
  const bare = { kind: "container", name: "", ordered: true, branched: false, entries, source: root.slice(1) } as const;
  // As Keras loads such a file: layers with arrays in their order, whatever they are called.
  return given === undefined ? bare : { ...bare, name: given.name, branched: given.branched, keras: given };
}

/** Whether a configuration has the layers of all groups that have arrays. */
function namesAll({ layers = [] }: KerasConfig, groups: ReadonlyMap<string, readonly GroupArray[]>): boolean {
  const names = new Set(layers.map(({ name }) => name));
  return [...groups].every(([name, arrays]) => arrays.length === 0 || names.has(name));
}

/** Attributes above 64,512 bytes are split: `layer_names0`, `layer_names1`, ... */
function splitTexts(file: Hdf5File, path: string, attribute: string): readonly string[] | undefined {
  const whole = file.texts(path, attribute);
  if (whole !== undefined) return whole;
  const parts: string[] = [];
  for (let number = 0; number < maxEntries; number++) {
    const part = file.texts(path, `${attribute}${number}`);
    if (part === undefined) return number === 0 ? undefined : parts;
    for (const text of part) parts.push(text);
  }
  return parts;
}

function readGroup(file: Hdf5File, path: string, budget: ArrayBudget): readonly GroupArray[] {
  if (!file.isGroup(path)) return fail("damaged", `its layer_names has '${path}', which is no group`);
  const names = splitTexts(file, path, "weight_names");
  if (names === undefined) return fail("damaged", `the group '${path}' has no attribute weight_names`);
  if (new Set(names).size !== names.length) fail("damaged", `the weight_names of '${path}' repeat a name`);
  const layer = path.split("/").at(-1) ?? "";
  const ofKeras1 = names.every((name) => isNameOfKeras1(name, layer));
  return names.map((name) => {
    const array = file.array(`${path}/${name}`, budget);
    // They come in the order of today's, under other names.
    if (ofKeras1) return { ...array, source: array.source.slice(1), parents: [] };
    const parts = name.split("/");
    // Keras 2 adds the number of the tensor: `kernel:0`.
    const own = (parts.pop() as string).replace(/:\d+$/, "");
    return { ...array, source: array.source.slice(1), name: own, parents: parts };
  });
}

/** Whether a name is one that Keras 1 gave an array of that layer: `dense_1_W`. */
function isNameOfKeras1(name: string, layer: string): boolean {
  return (
    name.startsWith(`${layer}_`) &&
    /^(?:W|b|gamma|beta|running_mean|running_std|alphas)$/.test(name.slice(layer.length + 1))
  );
}

function configured(
  config: KerasConfig,
  groups: ReadonlyMap<string, readonly GroupArray[]>,
  source: string,
): WeightContainer {
  const layers = config.layers ?? [];
  const names = new Set(layers.map((layer) => layer.name));
  const orphan = [...groups].find(([name, arrays]) => arrays.length > 0 && !names.has(name));
  if (orphan !== undefined) failForArraysOfNoLayer(orphan[0], config);
  const entries = layers.map((layer): WeightEntry => {
    const arrays = groups.get(layer.name) ?? [];
    const path = `${source}/${layer.name}`;
    return layer.layers === undefined ? leaf(layer, arrays, path) : containerOfPaths(layer, arrays, path);
  });
  return container(config, entries, source);
}

/** Without a configuration: arrays of several owners make the group a nested model, in order of appearance. */
function bareEntry(name: string, arrays: readonly GroupArray[], source: string): WeightEntry {
  const owners = new Map<string, GroupArray[]>();
  for (const array of arrays) {
    const owner = array.parents.at(-1) ?? name;
    owners.set(owner, [...(owners.get(owner) ?? []), array]);
  }
  if (owners.size < 2) return { kind: "layer", name, arrays: arrays.map(plain), source };
  const entries = [...owners].map(([owner, own]): WeightLayer => ({
    kind: "layer",
    name: owner,
    arrays: own.map(plain),
    source,
  }));
  return { kind: "container", name, ordered: true, branched: false, entries, source };
}
