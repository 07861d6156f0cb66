import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../../files/json.ts";
import { activations } from "./activations.ts";
import { arithmetic } from "./arithmetic.ts";
import { readCall, wrongAxis, type OperationMeaning, type OperationReader } from "./operation.ts";
import { reductions } from "./reductions.ts";
import { shapes } from "./shapes.ts";

export type { OperationMeaning } from "./operation.ts";

/** What keeps a layer from being one of samples that are independent: Softmax over all axes. */
export function problemOfLayer(
  className: string,
  config: JsonObject,
  rank: number | undefined,
): OperationMeaning | undefined {
  return className === "Softmax" && Object.hasOwn(config, "axis")
    ? wrongAxis(ownValue(config, "axis") ?? null, rank)
    : undefined;
}

/** Every operation that layers express, by Keras' class. */
const readers: ReadonlyMap<string, OperationReader> = new Map(
  [activations, arithmetic, shapes, reductions].flatMap((group) => Object.entries(group)),
);

/**
 * Whether a node of a configuration is an operation and no layer: by its module, since classes of both have the same names. An
 * `.h5` file has no modules; there an operation has no argument that all layers have.
 */
export function isOperation(node: JsonObject): boolean {
  const module = ownString(node, "module");
  if (module !== undefined) return /^keras\.(?:src\.)?ops(?:\.|$)/.test(module);
  const config = ownValue(node, "config");
  if (!isObject(config) || Object.hasOwn(config, "trainable") || Object.hasOwn(config, "dtype")) return false;
  const nodes = ownValue(node, "inbound_nodes");
  const called = Array.isArray(nodes) && nodes.length > 0 && (nodes as readonly JsonValue[]).every(isObject);
  return called && readers.has(ownString(node, "class_name") ?? "");
}

/** What an operation of a functional model is in layers; undefined where it is nothing that layers express. */
export function readOperation(node: JsonObject): OperationMeaning | undefined {
  const call = readCall(node);
  return call === undefined ? undefined : readers.get(call.className)?.(call);
}
