import { maxDepth } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import type { WeightArray } from "../../files/weight-array.ts";
import type { KerasConfig } from "../../keras/keras-config.ts";
import { toSnakeCase } from "../../layers/snake-case.ts";
import { mergeLora } from "./merge-lora.ts";
import { unpackInt4 } from "./unpack-int4.ts";
import type { WeightContainer, WeightEntry, WeightLayer } from "../weight-file.ts";

/** An array and the last name before its own: the layer it belongs to, inside a nested model. */
export interface GroupArray extends WeightArray {
  readonly parents: readonly string[];
}

export function plain(array: GroupArray): WeightArray {
  const { parents: _, ...own } = array;
  return own;
}

export function leaf(layer: KerasConfig, arrays: readonly GroupArray[], source: string): WeightLayer {
  return { kind: "layer", name: layer.name, keras: layer, arrays: floatArrays(arrays.map(plain), layer), source };
}

/** The arrays of a layer as it has them without quantisation and low-rank adaptation, where those make no difference. */
export function floatArrays(arrays: readonly WeightArray[], layer: KerasConfig): readonly WeightArray[] {
  return mergeLora(unpackInt4(arrays, layer), layer);
}

export function container(config: KerasConfig, entries: readonly WeightEntry[], source: string): WeightContainer {
  const { name, branched } = config;
  return { kind: "container", name, ordered: true, branched, entries, keras: config, source };
}

/**
 * The arrays of a model that keeps them in one group, as a nested one does: the names before their own tell which of its
 * layers they belong to.
 */
export function containerOfPaths(config: KerasConfig, arrays: readonly GroupArray[], source: string): WeightContainer {
  const leaves = leafPaths(config, [], []);
  const owned = new Map<KerasConfig, GroupArray[]>();
  for (const array of arrays) {
    const owner = ownerOf(array, leaves);
    if (owner === undefined) {
      return fail(
        "unsupported",
        `it does not say which layer of '${config.name}' the array '${array.source}' belongs to`,
      );
    }
    owned.set(owner, [...(owned.get(owner) ?? []), array]);
  }
  const build = (model: KerasConfig): WeightContainer =>
    container(
      model,
      (model.layers ?? []).map((layer) =>
        layer.layers === undefined ? leaf(layer, inOrder(owned.get(layer) ?? []), source) : build(layer),
      ),
      source,
    );
  return build(config);
}

/** Variables that have numbers in place of names, in the order of these. */
function inOrder(arrays: readonly GroupArray[]): readonly GroupArray[] {
  if (!arrays.every(isNumbered)) return arrays;
  return arrays
    .toSorted((a, b) => Number(a.name) - Number(b.name))
    .map((array) => {
      const { name: _, ...unnamed } = array;
      return unnamed;
    });
}

/** `vars/0`, as Keras 3 has them. */
function isNumbered({ name, parents }: GroupArray): boolean {
  return parents.at(-1) === "vars" && /^\d+$/.test(name ?? "");
}

interface LeafPath {
  readonly layer: KerasConfig;
  /** The names of the models around it and its own; one with '/' is several. */
  readonly path: readonly string[];
  /** As Keras 3's weight files have it, by classes: `["layers", "dense_1"]`. */
  readonly keys: readonly string[];
}

function leafPaths(config: KerasConfig, path: readonly string[], keys: readonly string[]): readonly LeafPath[] {
  const here = [...path, ...config.name.split("/")];
  if (config.layers === undefined) return [{ layer: config, path: here, keys }];
  const used = new Map<string, number>();
  return config.layers.flatMap((layer) => {
    const base = toSnakeCase(layer.storedAs ?? layer.className);
    const number = used.get(base) ?? 0;
    used.set(base, number + 1);
    return leafPaths(layer, here, [...keys, "layers", number === 0 ? base : `${base}_${number}`]);
  });
}

/** The layer that the names before an array's own tell, in one of the ways in which tools write them. */
function ownerOf({ parents }: GroupArray, leaves: readonly LeafPath[]): KerasConfig | undefined {
  const names = parents.at(-1) === "vars" ? parents.slice(0, -1) : parents;
  const root = leaves[0]?.path[0];
  const within = names[0] === root ? names.slice(1) : names;
  return (
    best(leaves, ({ path }) => endsAlike(path, parents)) ??
    best(leaves, ({ keys }) => (startsWith(names, keys) ? keys.length : 0)) ??
    // A wrapper's arrays have the name of the layer that it wraps, too.
    best(leaves, ({ path }) => (startsWith(within, path.slice(1)) ? path.length : 0))
  );
}

/** The one leaf that a measure is largest for; none where it is 0 for all, or equally large for several. */
function best(leaves: readonly LeafPath[], measure: (leaf: LeafPath) => number): KerasConfig | undefined {
  const measures = leaves.map(measure);
  const largest = Math.max(0, ...measures);
  const [owner, ...others] = leaves.filter((_, index) => largest > 0 && measures[index] === largest);
  return others.length > 0 ? undefined : owner?.layer;
}

/** How many names at the end two paths share. The layers directly in a model may be named without it. */
function endsAlike(path: readonly string[], parents: readonly string[]): number {
  const inModel = path.slice(1);
  if (commonEnd(inModel, parents) === Math.max(inModel.length, parents.length)) return maxDepth + 1;
  return commonEnd(path, parents);
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}

function startsWith(names: readonly string[], beginning: readonly string[]): boolean {
  return beginning.length > 0 && beginning.every((name, at) => names[at] === name);
}
