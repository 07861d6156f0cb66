import { isObject, ownString, ownValue } from "./json.ts";
import { maxDepth, maxEntries } from "./limits.ts";
import { fail } from "./read-failure.ts";
import type { JsonObject, JsonValue } from "./weight-file.ts";

/** One layer or model of a Keras configuration. */
export interface KerasConfig {
  readonly className: string;
  readonly name: string;
  readonly config: JsonObject;
  /** Present for models; in the order of the file. */
  readonly layers?: readonly KerasConfig[];
  /** Whether a functional model's layers are anything but a chain in the order of `layers`. */
  readonly branched: boolean;
}

/** Reads what `model.to_json()` gives: Keras 3 and 2, and Keras 1's bare list of layers. */
export function readKerasConfig(value: JsonValue): KerasConfig {
  const root = readNode(value, 0, { left: maxEntries });
  if (root.layers === undefined)
    return fail("unsupported", `its configuration lists no layers; its class is ${root.className}`);
  return root;
}

function readNode(value: JsonValue | undefined, depth: number, budget: { left: number }): KerasConfig {
  if (depth > maxDepth) fail("too-large", `its models nest deeper than ${maxDepth}`);
  if (budget.left-- <= 0) fail("too-large", `its configuration has more than ${maxEntries} layers`);
  if (!isObject(value)) return fail("damaged", "its configuration has a layer that is not an object");
  const className = ownString(value, "class_name");
  if (className === undefined) return fail("damaged", "its configuration has a layer without a class_name");
  const inner = ownValue(value, "config");
  const config = isObject(inner) ? inner : {};
  const name = ownString(config, "name") ?? ownString(value, "name") ?? "";
  const list = Array.isArray(inner) ? (inner as readonly JsonValue[]) : ownValue(config, "layers");
  if (!Array.isArray(list)) return { className, name, config, branched: false };
  const items = list as readonly JsonValue[];
  const layers = items.map((item) => readNode(item, depth + 1, budget));
  return { className, name, config, layers, branched: className !== "Sequential" && !isChain(items, layers) };
}

/** Whether each layer of a functional model reads exactly the layer before it, once. */
function isChain(items: readonly JsonValue[], layers: readonly KerasConfig[]): boolean {
  return items.every((item, index) => {
    const nodes = isObject(item) ? ownValue(item, "inbound_nodes") : undefined;
    const sources = nodes === undefined ? [] : inboundLayers(nodes, 0);
    if (index === 0) return sources.length === 0;
    return sources.length === 1 && sources[0] === layers[index - 1]?.name;
  });
}

/** Keras 3: `{ keras_history: [name, node, tensor] }` somewhere inside; Keras 2: `[[[name, node, tensor, {}]]]`. */
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
