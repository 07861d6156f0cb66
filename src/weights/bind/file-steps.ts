import { isObject, ownValue, type JsonValue } from "../../files/json.ts";
import { shorten } from "../../files/shorten.ts";
import { isInput, layersFor, type KerasConfig } from "../../keras/keras-config.ts";
import { readLayer, type KerasLayer } from "../../keras/read-layer.ts";
import { hasArrays, type WeightEntry } from "../weight-file.ts";
import { describeEntry } from "./describe.ts";
import { operationsOf, ownActivation, type FileStep, type ForwardOperation } from "./forward-operation.ts";

/** The steps of an entry of the file, from its configuration. */
export function stepsOfEntry(entry: WeightEntry): readonly FileStep[] {
  if (entry.kind === "container") return entry.entries.flatMap(stepsOfEntry);
  if (entry.keras === undefined || isInput(entry.keras)) return [];
  const owner = describeEntry(entry);
  return layersFor(entry.keras).flatMap((layer) =>
    layerOperations(layer, hasArrays(entry)).map((operation) => ({ owner, operation })),
  );
}

function layerOperations(keras: KerasConfig, weighted: boolean): readonly ForwardOperation[] {
  const layer = readLayer(keras);
  if (layer.kind === "layer" && layer.complete) return operationsOf(layer.definition, layer.values, weighted);
  const activation = unreadActivation(layer);
  if (activation !== undefined) return [{ kind: "unknown", text: describeActivation(activation) }];
  if (!weighted) return [{ kind: "unknown", text: describeUnknown(keras) }];
  // What is wrong with a layer that has weights is said of its arguments.
  return layer.kind === "layer" ? ownActivation(layer.values) : [];
}

/** The activation of a layer, where that is what can't be read. */
function unreadActivation(layer: KerasLayer): JsonValue | undefined {
  if (layer.kind !== "layer") return undefined;
  return layer.problems.find(({ argument, harmless }) => argument === "activation" && !harmless)?.found;
}

/** `my_gelu`, where the file has a name. */
function describeActivation(json: JsonValue): string {
  const name = isObject(json) ? ownValue(json, "config") : json;
  return typeof name === "string" ? shorten(name, 60) : "an unknown activation";
}

/** `Conv1D(filters=3)` */
function describeUnknown({ className, config }: KerasConfig): string {
  const args = Object.entries(config)
    .filter(([, value]) => typeof value === "number" || (Array.isArray(value) && value.length > 0))
    .map(([name, value]) => `${name}=${shorten(JSON.stringify(value), 60)}`);
  return `${shorten(className)}${args.length === 0 ? "" : `(${shorten(args.join(", "))})`}`;
}
