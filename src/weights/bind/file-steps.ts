import { findActivation } from "../../activations/index.ts";
import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../../files/json.ts";
import { hasArrays, type WeightEntry } from "../weight-file.ts";
import { describeEntry } from "./describe.ts";
import { activationLayers, identities, isIdentity, wrap } from "./forward-step.ts";
import type { ForwardOperation, ForwardStep } from "./forward-step.ts";

/** The steps of an entry of the file, from its configuration. */
export function stepsOfEntry(entry: WeightEntry): readonly ForwardStep[] {
  if (entry.kind === "container") return entry.entries.flatMap(stepsOfEntry);
  const owner = describeEntry(entry);
  return operationsOf(entry.className ?? "", entry.config, hasArrays(entry), 0)
    .filter((operation) => !isIdentity(operation))
    .map((operation) => ({ owner, operation }));
}

function operationsOf(
  className: string,
  config: JsonObject | undefined,
  weighted: boolean,
  depth: number,
): readonly ForwardOperation[] {
  if (identities.has(className)) return [];
  const inner = ownValue(config, "layer");
  if (className === "TimeDistributed" && isObject(inner) && depth <= 4) {
    const innerConfig = ownValue(inner, "config");
    const innerClass = ownString(inner, "class_name") ?? "";
    return operationsOf(innerClass, isObject(innerConfig) ? innerConfig : undefined, weighted, depth + 1).map(wrap);
  }
  if (className === "Flatten" && ownValue(config, "data_format") === "channels_first") {
    return [{ kind: "other", className, args: argumentsOf(config) }];
  }
  if (className === "Flatten") return [{ kind: "target", target: [-1] }];
  if (className === "Reshape") {
    const target = ownValue(config, "target_shape");
    return [{ kind: "target", target: Array.isArray(target) ? (target as readonly JsonValue[]) : [] }];
  }
  if (className === "Rescaling") {
    return [{ kind: "rescaling", scale: ownValue(config, "scale") ?? 1, offset: ownValue(config, "offset") ?? 0 }];
  }
  const layer = activationLayers.get(className);
  if (layer !== undefined) {
    const args = new Map<string, unknown>([...(layer.defaults ?? []), ...argumentsOf(config)]);
    const [old, name] = layer.renamed ?? [];
    if (old !== undefined && name !== undefined && args.has(old)) args.set(name, args.get(old));
    return [{ kind: "activation", name: layer.name, args }];
  }
  const activation = ownValue(config, "activation");
  if (activation !== undefined) return activationOperations(activation, depth);
  return weighted ? [] : [{ kind: "other", className, args: argumentsOf(config) }];
}

function argumentsOf(config: JsonObject | undefined): ReadonlyMap<string, unknown> {
  return new Map(Object.keys(config ?? {}).map((key) => [key, ownValue(config, key)]));
}

/** `"relu"`, `{ class_name: "function", config: "relu" }`, or an activation layer as an object. */
function activationOperations(value: JsonValue, depth: number): readonly ForwardOperation[] {
  if (value === null) return [];
  if (typeof value === "string") {
    return [{ kind: "activation", name: findActivation(value)?.name ?? value, args: new Map() }];
  }
  const className = isObject(value) ? ownString(value, "class_name") : undefined;
  if (className === undefined || !isObject(value) || depth > 4)
    return [{ kind: "other", className: "an unknown activation", args: new Map() }];
  const inner = ownValue(value, "config");
  if (typeof inner === "string") return activationOperations(inner, depth + 1);
  return operationsOf(className, isObject(inner) ? inner : undefined, false, depth + 1);
}
