import type { Model, ModelLayer } from "../../check/model.ts";
import { toSnakeCase } from "../../layers/snake-case.ts";
import { hasArrays, type WeightContainer, type WeightEntry, type WeightFormat } from "../weight-file.ts";
import { hasWeights } from "./nested-models.ts";

/** A layer of the model and the entry of the file that has its arrays. */
export interface Pair {
  readonly layer: ModelLayer;
  readonly entry: WeightEntry;
}

export type Pairing =
  | { readonly kind: "paired"; /** In the order of the model. */ readonly pairs: readonly Pair[] }
  /** The two sides have different numbers of layers with weights. */
  | { readonly kind: "count"; readonly layers: readonly ModelLayer[]; readonly entries: readonly WeightEntry[] }
  /** Layers for which the file has nothing; `left` is what no layer took. */
  | { readonly kind: "unmatched"; readonly layers: readonly ModelLayer[]; readonly left: readonly WeightEntry[] };

/**
 * Pairs the layers of one model with the entries of one container, both without those that have no arrays. If all layers
 * that are named in the source occur in the file they pair by name and the rest in order; otherwise all pair in order.
 * Where the file has no order, the i-th layer of a class pairs with the i-th of that class.
 */
export function pairLayers(model: Model, container: WeightContainer, format: WeightFormat): Pairing {
  const layers = model.layers.filter(hasWeights);
  const entries = container.entries.filter(hasArrays);
  if (layers.length !== entries.length) return { kind: "count", layers, entries };

  const byName = pairByName(layers, entries);
  const restLayers = layers.filter((layer) => !byName.has(layer));
  const taken = new Set(byName.values());
  const restEntries = entries.filter((entry) => !taken.has(entry));
  const rest = container.ordered
    ? restLayers.map((layer, index) => [layer, restEntries[index]] as const)
    : pairByClass(restLayers, restEntries, format);

  const all = new Map([...byName, ...rest]);
  const pairs = layers.flatMap((layer): readonly Pair[] => {
    const entry = all.get(layer);
    return entry === undefined ? [] : [{ layer, entry }];
  });
  if (pairs.length === layers.length) return { kind: "paired", pairs };
  const used = new Set(all.values());
  return {
    kind: "unmatched",
    layers: layers.filter((layer) => all.get(layer) === undefined),
    left: entries.filter((candidate) => !used.has(candidate)),
  };
}

/** All layers named in the source, or none. */
function pairByName(layers: readonly ModelLayer[], entries: readonly WeightEntry[]): Map<ModelLayer, WeightEntry> {
  const names = new Map(entries.map((entry) => [entry.name, entry]));
  const pairs = new Map<ModelLayer, WeightEntry>();
  // Two of one name leave open which is meant.
  if (names.size < entries.length) return pairs;
  for (const layer of layers) {
    if (!layer.named) continue;
    const entry = names.get(layer.name);
    if (entry === undefined) return new Map();
    pairs.set(layer, entry);
  }
  return pairs;
}

function pairByClass(
  layers: readonly ModelLayer[],
  entries: readonly WeightEntry[],
  format: WeightFormat,
): readonly (readonly [ModelLayer, WeightEntry | undefined])[] {
  const groups = new Map<string, WeightEntry[]>();
  for (const entry of entries) {
    const base = entry.classNumber?.base ?? entry.name;
    groups.set(base, [...(groups.get(base) ?? []), entry]);
  }
  for (const group of groups.values())
    group.sort((a, b) => (a.classNumber?.number ?? 0) - (b.classNumber?.number ?? 0));
  return layers.map((layer) => {
    const base = automaticBases(layer, format).find((candidate) => (groups.get(candidate) ?? []).length > 0);
    return [layer, base === undefined ? undefined : groups.get(base)?.shift()] as const;
  });
}

/** What the automatic name of a layer starts with in a file of that format. */
function automaticBases(layer: ModelLayer, format: WeightFormat): readonly string[] {
  if (layer.kind === "layer") return [toSnakeCase(layer.definition.className)];
  const keras = ["sequential", "functional"];
  return format === "keras-weights" ? keras : [toSnakeCase(layer.model.name), ...keras];
}
