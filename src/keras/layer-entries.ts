import { ownValue, type JsonObject, type JsonValue } from "../files/json.ts";
import type { LayerDefinition } from "../layers/definition.ts";

/**
 * Keys of Keras' class `Layer` and of its way to state an input: every class has them, no argument of a layer of its own
 * stands for them, and they leave the function as it is.
 */
const baseKeys: ReadonlySet<string> = new Set([
  "name",
  "trainable",
  "dtype",
  "autocast",
  "batch_input_shape",
  "batch_shape",
  "input_shape",
  "input_dim",
  "input_length",
  "input_dtype",
  "sparse",
  "ragged",
  "optional",
  "gptq_unpacked_column_size",
]);

/** Whether every class of Keras has an argument, which leaves the function as it is. */
export function isBaseKey(name: string): boolean {
  return baseKeys.has(name);
}

/** Whether the configuration of a layer or a model freezes it. */
export function isFrozen(config: JsonObject): boolean {
  return ownValue(config, "trainable") === false;
}

/** An argument of Keras' class `Layer` that acts in training only. */
export const baseTrainingKey = "activity_regularizer";

/** An argument of a configuration under its present name. */
export type ConfigEntry = readonly [name: string, json: JsonValue];

/**
 * The arguments that a configuration gives to a layer of that class, under the names that the parameters have now. Keys of
 * no parameter are among them if they say something.
 */
export function layerEntries(definition: LayerDefinition, config: JsonObject): readonly ConfigEntry[] {
  const { parameters, silent = [] } = definition;
  const names = new Set(parameters.map(({ name }) => name));
  const former = new Map(parameters.map(({ name, formerName }) => [formerName, name]));
  return Object.entries(config).flatMap(([key, json]): readonly ConfigEntry[] => {
    if (silent.includes(key)) return [];
    if (names.has(key)) return [[key, json]];
    const present = former.get(key);
    if (present !== undefined) return json === null || Object.hasOwn(config, present) ? [] : [[present, json]];
    return baseKeys.has(key) || isNothing(json) ? [] : [[key, json]];
  });
}

/** The arguments that a configuration gives to an object that is no layer, such as an initializer. */
export function objectEntries(config: JsonObject): readonly ConfigEntry[] {
  return Object.entries(config).filter(([key]) => !baseKeys.has(key));
}

/** Whether a value of a configuration says nothing, as those of arguments that are not used. */
function isNothing(json: JsonValue): boolean {
  return json === null || json === false || (typeof json === "object" && Object.keys(json).length === 0);
}
