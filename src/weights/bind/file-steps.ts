import { findActivation } from "../../activations/index.ts";
import { isObject, ownString, ownValue } from "../json.ts";
import { hasArrays, type JsonObject, type JsonValue, type WeightEntry } from "../weight-file.ts";
import { describeEntry } from "./describe.ts";
import { activationLayers, identities, isIdentity, type ForwardOperation, type ForwardStep } from "./forward-step.ts";

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
    const args = new Map<string, unknown>(layer.defaults);
    for (const key of Object.keys(config ?? {})) args.set(key, ownValue(config, key));
    // Keras 2's name for it.
    if (layer.name === "leaky_relu" && args.has("alpha")) args.set("negative_slope", args.get("alpha"));
    return [{ kind: "activation", name: layer.name, args }];
  }
  const activation = ownValue(config, "activation");
  if (activation !== undefined) return activationOperations(activation, depth);
  return weighted ? [] : [{ kind: "other", className }];
}

/** `"relu"`, `{ class_name: "function", config: "relu" }`, or an activation layer as an object. */
function activationOperations(value: JsonValue, depth: number): readonly ForwardOperation[] {
  if (value === null) return [];
  if (typeof value === "string") {
    return [{ kind: "activation", name: findActivation(value)?.name ?? value, args: new Map() }];
  }
  const className = isObject(value) ? ownString(value, "class_name") : undefined;
  if (className === undefined || !isObject(value) || depth > 4)
    return [{ kind: "other", className: "an unknown activation" }];
  const inner = ownValue(value, "config");
  if (typeof inner === "string") return activationOperations(inner, depth + 1);
  return operationsOf(className, isObject(inner) ? inner : undefined, false, depth + 1);
}
