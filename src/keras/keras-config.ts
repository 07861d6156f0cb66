import { isObject, ownValue, type JsonObject, type JsonValue } from "../files/json.ts";
import { maxDepth } from "../files/limits.ts";
import type { OperationMeaning } from "./operations/index.ts";

/** One layer or model of a Keras configuration. */
export interface KerasConfig {
  readonly className: string;
  readonly name: string;
  readonly config: JsonObject;
  /** The whole description: class, module and build_config beside the config. */
  readonly node: JsonObject;
  /** Present for models; in the order of the file. */
  readonly layers?: readonly KerasConfig[];
  /** Present for an operation of `keras.ops` that layers express, or of which an argument is in the way. */
  readonly operation?: OperationMeaning;
  /** The class by which files of arrays call it, where that is another: of a layer in a model that TimeDistributed wraps. */
  readonly storedAs?: string;
  /** Present for a model whose class is its author's: what it makes of its layers, only his code says. */
  readonly authored?: true;
  /** Whether a functional model's layers are anything but a chain in the order of `layers`. */
  readonly branched: boolean;
  /** Why: the first layer that breaks the chain, and how. */
  readonly branch?: string;
  /** What the whole model was compiled with, where the file has it: `read-training.ts` reads it. */
  readonly training?: JsonObject;
}

/** Whether a layer only states the input of its model. */
export function isInput({ className }: Pick<KerasConfig, "className">): boolean {
  return className === "InputLayer";
}

/** The layers that stand for one of a configuration: itself, or what an operation is in layers. */
export function layersFor(layer: KerasConfig): readonly KerasConfig[] {
  const { operation } = layer;
  if (operation?.kind !== "layers") return [layer];
  return operation.parts.map(({ className, config }, at) => {
    const first = ownNameOf(layer);
    const own = at === 0 ? first : `${first}_${at}`;
    return { className, name: own, config, node: { class_name: className, config }, branched: false };
  });
}

/** What a layer of Keras 2 is called that stands for a function of TensorFlow: `add_1` where Keras named it `tf.math.add_1`. */
function ownNameOf({ name, className }: KerasConfig): string {
  return className.startsWith("tf.") && name.startsWith("tf.") ? name.slice(name.lastIndexOf(".") + 1) : name;
}

/** The layers that a layer of a functional model reads. */
export function sourcesOf({ node }: Pick<KerasConfig, "node">): readonly string[] {
  return layersIn(node, "inbound_nodes");
}

/** Why a layer of a functional model that reads several layers breaks a chain: it joins them, or is shared by several places. */
export function joining(layer: KerasConfig): string {
  const calls = ownValue(layer.node, "inbound_nodes");
  const count = Array.isArray(calls) ? calls.length : 1;
  if (count > 1) return `'${layer.name}' is a shared layer, called ${count} times`;
  return `'${layer.name}' reads ${sourcesOf(layer).length} layers`;
}

/** The layers that give the outputs of a functional model. */
export function outputsOf({ config }: Pick<KerasConfig, "config">): readonly string[] {
  return layersIn(config, "output_layers");
}

function layersIn(json: JsonObject, key: string): readonly string[] {
  const found = ownValue(json, key);
  return found === undefined ? [] : inboundLayers(found, 0);
}

/** The layers that an inbound node reads. Keras 3: `{ keras_history: [name, node, tensor] }` somewhere inside; Keras 2: `[[[name, node, tensor, {}]]]`. */
function inboundLayers(value: JsonValue, depth: number): readonly string[] {
  // Deeper than Keras writes: call it branched.
  if (depth > maxDepth) return ["", ""];
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    const [name, node] = items;
    if (typeof name === "string" && typeof node === "number") return [name];
    return items.flatMap((item) => inboundLayers(item, depth + 1));
  }
  if (!isObject(value)) return [];
  return Object.keys(value).flatMap((key) => inboundLayers(value[key] as JsonValue, depth + 1));
}
