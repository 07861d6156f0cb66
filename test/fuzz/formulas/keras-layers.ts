import type { Nd } from "../../random/nd.ts";
import { noFormula, type FormulaLayer, type FormulaValue } from "./formula-layer.ts";
import { weightNames } from "./weight-names.ts";

/** A layer or model as a file of Keras has it. */
export interface KerasNode {
  readonly class_name: string;
  readonly config: { readonly [name: string]: FormulaValue };
  readonly inbound_nodes?: FormulaValue;
}

/** Where the arrays of a layer are: by its names from the outermost model in, and by those that Keras gives to classes. */
export interface LayerPlace {
  readonly names: readonly string[];
  readonly classes: readonly string[];
}

/** The arrays at a place; as many as the layer has, in Keras' order. */
export type ArraysAt = (place: LayerPlace, wanted: readonly string[]) => readonly Nd[];

/**
 * The layers of Keras' configuration in the order in which they compute, with their arrays. Throws `NoFormula` for what is no
 * chain, and for layers that compute in other numbers than floats.
 */
export function kerasLayers(
  model: KerasNode,
  arraysAt: ArraysAt,
  place: LayerPlace = { names: [], classes: [] },
): readonly FormulaLayer[] {
  const { layers } = model.config;
  if (!Array.isArray(layers)) return noFormula("a model without layers");
  const counts = new Map<string, number>();
  const placed = (layers as unknown as readonly KerasNode[]).map((node) => {
    const base = snakeCase(node.class_name);
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    const name = String(node.config["name"]);
    return {
      name,
      node,
      at: { names: [...place.names, name], classes: [...place.classes, count === 0 ? base : `${base}_${count}`] },
    };
  });
  const inOrder = model.class_name === "Sequential" ? placed : chain(model.config, placed);
  return inOrder.flatMap(({ node, at }) => layersOf(node, arraysAt, at));
}

function layersOf(node: KerasNode, arraysAt: ArraysAt, at: LayerPlace): readonly FormulaLayer[] {
  const { class_name: className, config } = node;
  if (["Sequential", "Functional", "Model"].includes(className)) return kerasLayers(node, arraysAt, at);
  if (/float16|bfloat|int4|int8|float8/.test(JSON.stringify(config["dtype"] ?? null))) return noFormula("a dtype");
  const inner = className === "TimeDistributed" ? (config["layer"] as unknown as KerasNode) : undefined;
  const owner = inner ?? node;
  const wanted = weightNames(owner.class_name, owner.config);
  const arrays = wanted.length === 0 ? [] : arraysAt(inner === undefined ? at : inside(at), wanted);
  if (arrays.length !== wanted.length) return noFormula("other arrays");
  return [{ className, config, weights: new Map(wanted.map((name, place) => [name, arrays[place] as Nd])) }];
}

const inside = ({ names, classes }: LayerPlace): LayerPlace => ({ names, classes: [...classes, "<layer>"] });

/** The layers of a Functional model from its output back to its input. */
function chain<Placed extends { readonly name: string; readonly node: KerasNode }>(
  config: KerasNode["config"],
  placed: readonly Placed[],
): readonly Placed[] {
  const outputs = [config["output_layers"] ?? []].flat(3) as readonly FormulaValue[];
  if (outputs.filter((part) => typeof part === "string").length !== 1) return noFormula("several outputs");
  const order: Placed[] = [];
  for (let name = String(outputs[0]); ;) {
    const found = placed.filter((item) => item.name === name);
    const [item] = found;
    if (item === undefined || found.length > 1 || order.includes(item)) return noFormula("no chain");
    order.unshift(item);
    const before = inboundNames(item.node.inbound_nodes);
    if (before.length === 0) return order;
    if (before.length > 1) return noFormula("several inputs");
    name = before[0] as string;
  }
}

function inboundNames(nodes: FormulaValue | undefined): readonly string[] {
  const text = JSON.stringify(nodes ?? []);
  return [...text.matchAll(/"keras_history":\["([^"\\]*)",0,0\]|\[\["([^"\\]*)",0,0/g)].map(
    ([, now, before]) => now ?? before ?? "",
  );
}

/** Keras' `to_snake_case`. */
function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
