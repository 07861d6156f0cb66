import { isInput, joining, outputsOf, sourcesOf, type KerasConfig } from "./keras-config.ts";

/** The layers of a model up to one of them, or why they are no chain. */
export type Chain =
  | { readonly kind: "chain"; readonly layers: readonly KerasConfig[] }
  | { readonly kind: "branched"; readonly branch: string }
  | { readonly kind: "missing" };

/** The layers that the one called `name` depends on, and that layer, from the input on. */
export function chainTo(model: KerasConfig, name: string): Chain {
  const layers = model.layers ?? [];
  const end = layers.findIndex((layer) => layer.name === name);
  if (end < 0) return { kind: "missing" };
  if (model.className === "Sequential") return { kind: "chain", layers: layers.slice(0, end + 1) };
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const chain: KerasConfig[] = [];
  let layer = layers[end];
  while (layer !== undefined) {
    chain.push(layer);
    const sources = sourcesOf(layer);
    if (sources.length > 1) return { kind: "branched", branch: joining(layer) };
    if (chain.length > layers.length) return { kind: "branched", branch: `'${layer.name}' depends on itself` };
    layer = byName.get(sources[0] ?? "");
  }
  return { kind: "chain", layers: chain.reverse() };
}

/** A part of a functional model that is a chain: from the layer called `first` to that called `last`. */
export interface ChainPart {
  readonly first: string;
  readonly last: string;
  /** Whether it begins at an input of the model, so that an import can take it. */
  readonly fromInput: boolean;
}

/**
 * The longest chain in a functional model that begins at an input or ends at its last layer. Of a model of several outputs
 * the first that a chain leads to.
 */
export function longestPart(model: KerasConfig): ChainPart | undefined {
  const front = frontOf(model);
  const back = backOf(model);
  const longest = (back?.length ?? 0) > (front?.length ?? 0) ? back : front;
  const [first, last] = [longest?.at(0)?.name, longest?.at(-1)?.name];
  if (first === undefined || last === undefined) return undefined;
  return { first, last, fromInput: longest === front };
}

/** The chain from an input to an output, or else to the layer that is farthest from one. */
function frontOf(model: KerasConfig): readonly KerasConfig[] | undefined {
  const depths = new Map<string, number>();
  for (const layer of model.layers ?? []) {
    if (isInput(layer)) depths.set(layer.name, 0);
    const sources = sourcesOf(layer);
    const before = sources.length === 1 ? depths.get(sources[0] as string) : undefined;
    if (before !== undefined) depths.set(layer.name, before + 1);
  }
  const isPart = (name: string): boolean => (depths.get(name) ?? 0) > 0;
  const outputs = outputsOf(model);
  const farthest = [...depths].reduce((best, one) => (one[1] > best[1] ? one : best), ["", 0] as readonly [
    string,
    number,
  ])[0];
  const end = (outputs.length > 1 ? outputs.find(isPart) : undefined) ?? farthest;
  const chain = chainTo(model, end);
  return chain.kind === "chain" ? chain.layers.filter((layer) => !isInput(layer)) : undefined;
}

/** The chain that ends at the last layer, from behind the last one that breaks it. */
function backOf(model: KerasConfig): readonly KerasConfig[] | undefined {
  const layers = model.layers ?? [];
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const chain: KerasConfig[] = [];
  let layer = byName.get(outputsOf(model)[0] ?? "") ?? layers.at(-1);
  while (layer !== undefined && !isInput(layer) && chain.length < layers.length) {
    const sources = sourcesOf(layer);
    if (sources.length !== 1) break;
    chain.push(layer);
    layer = byName.get(sources[0] as string);
  }
  return chain.length === 0 ? undefined : chain.reverse();
}
