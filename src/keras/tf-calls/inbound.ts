import { isObject, ownValue, type JsonObject, type JsonValue } from "../../files/json.ts";
import type { TfArguments } from "./functions.ts";

/** One call of a function: what it is given first, and by name. */
export interface Inbound {
  readonly first: JsonValue;
  readonly named: TfArguments;
  /** The tensors among all of it, each `[layer, node, tensor]`. */
  readonly tensors: readonly TensorName[];
}

type TensorName = readonly [layer: string, node: number, tensor: number];

/** In the place of a layer's name where the first argument is a constant. */
const constantMark = "_CONSTANT_VALUE";

/**
 * The only call of a layer that calls a function, as Keras 2 writes it: `[layer, node, tensor, { y: 1, name: null }]`, or
 * `["_CONSTANT_VALUE", -1, 1, { y: [layer, node, tensor] }]`. Undefined where it is called more than once, or otherwise.
 */
export function readInbound(node: JsonObject): Inbound | undefined {
  const nodes = ownValue(node, "inbound_nodes");
  const [only, ...others] = Array.isArray(nodes) ? (nodes as readonly JsonValue[]) : [];
  if (!Array.isArray(only) || others.length > 0) return undefined;
  const [inner] = only as readonly JsonValue[];
  const wrapped = only.length === 1 && Array.isArray(inner) ? (inner as readonly JsonValue[]) : only;
  const [name, at, value, kwargs] = wrapped as readonly JsonValue[];
  if (typeof name !== "string") return undefined;
  const given = kwargs !== undefined && isObject(kwargs) ? kwargs : {};
  const named = new Map(Object.entries(given as Readonly<Record<string, JsonValue>>).filter(([key]) => key !== "name"));
  const first = name === constantMark ? (value ?? null) : [name, at ?? 0, value ?? 0];
  return {
    first,
    named,
    tensors: [...(name === constantMark ? [] : tensorsIn(first)), ...tensorsIn([...named.values()])],
  };
}

/** Every tensor that a call of any form reads, for what is no call of one function. */
export function tensorsIn(json: JsonValue, depth = 0): readonly TensorName[] {
  // Deeper than Keras writes.
  if (depth > 16) return [];
  if (isTensorName(json)) {
    // Behind the name are the arguments by name.
    return [[json[0], json[1], json[2]], ...tensorsIn((json as unknown as readonly JsonValue[]).slice(3), depth + 1)];
  }
  if (Array.isArray(json)) return (json as readonly JsonValue[]).flatMap((item) => tensorsIn(item, depth + 1));
  return json !== null && isObject(json) ? tensorsIn(Object.values(json) as readonly JsonValue[], depth + 1) : [];
}

/** Whether a value stands for a tensor, and is no constant. */
export function isTensorName(json: JsonValue): json is TensorName & JsonValue {
  if (!Array.isArray(json)) return false;
  const [name, node, tensor] = json as readonly JsonValue[];
  return typeof name === "string" && name !== constantMark && typeof node === "number" && typeof tensor === "number";
}
