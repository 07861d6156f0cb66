import { activationLayers } from "../weights/bind/forward-step.ts";
import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../files/json.ts";
import type { CallArgument, Value, ValueContent } from "../layers/arguments/value.ts";
import { findLayer } from "../layers/index.ts";
import { nowhere } from "./syntax.ts";

/** Values deeper than this are nothing Keras writes. */
const deepest = 8;

/** Keys of a serialized object that say nothing of what it computes. */
const administrative: ReadonlySet<string> = new Set(["name", "trainable", "dtype", "autocast"]);

/**
 * What a value of a Keras configuration can mean as an argument, the likeliest first: a text is a bare word or a string, a
 * serialized object a call or a word. Empty for what can't be an argument, such as a Lambda.
 */
export function kerasValues(json: JsonValue, depth = 0): readonly Value[] {
  if (depth > deepest) return [];
  if (json === null) return [value({ kind: "none" })];
  switch (typeof json) {
    case "number":
      // Python's NaN and Infinity can't be written in Layers.
      return Number.isFinite(json) ? [value({ kind: "number", value: json })] : [];
    case "boolean":
      return [value({ kind: "boolean", value: json })];
    case "string":
      return [word(json), value({ kind: "string", value: json })];
  }
  if (isObject(json)) return objectValues(json, depth);
  return listValues(json as readonly JsonValue[], depth);
}

function listValues(items: readonly JsonValue[], depth: number): readonly Value[] {
  const choices = items.map((item) => kerasValues(item, depth + 1));
  if (choices.some((choice) => choice.length === 0)) return [];
  const list = (at: number): Value =>
    value({ kind: "list", items: choices.map((choice) => choice[Math.min(at, choice.length - 1)] as Value) });
  const lists = choices.some((choice) => choice.length > 1) ? [list(0), list(1)] : [list(0)];
  // Keras writes one axis as a number or as a list of one.
  return items.length === 1 ? [...lists, ...(choices[0] ?? [])] : lists;
}

function objectValues(json: JsonObject, depth: number): readonly Value[] {
  const className = ownString(json, "class_name");
  const config = ownValue(json, "config");
  const inner = isObject(config) ? config : undefined;
  switch (className) {
    case undefined:
      return [];
    case "__tuple__": {
      const items = ownValue(json, "items");
      return Array.isArray(items) ? listValues(items as readonly JsonValue[], depth) : [];
    }
    case "__numpy__":
    case "__tensor__":
      return kerasValues(ownValue(inner, "value") ?? null, depth + 1);
    case "SeedGenerator":
      return kerasValues(ownValue(inner, "seed") ?? null, depth + 1);
    case "function":
      return typeof config === "string" ? [word(config)] : [];
  }
  if (isForeign(json)) return [];
  if (className === "Activation") {
    return [...kerasValues(ownValue(inner, "activation") ?? null, depth + 1), ...layerCalls(className, inner, depth)];
  }
  const layer = activationLayers.get(className);
  if (layer !== undefined) {
    const [old, current] = layer.renamed ?? [];
    const given = Object.entries(inner ?? {}).map(([name, item]) => [name === old ? current : name, item] as const);
    const names = new Set(given.map(([name]) => name));
    const defaults = (layer.defaults ?? []).filter(([name]) => !names.has(name));
    const all = [...(given as readonly (readonly [string, JsonValue])[]), ...defaults];
    return [...calls(layer.name, all, depth), ...layerCalls(className, inner, depth)];
  }
  if (className === "VarianceScaling" && ownValue(json, "module") === undefined) {
    const named = namedScaling(inner);
    if (named !== undefined) return calls(named, [["seed", ownValue(inner, "seed") ?? null]], depth);
  }
  const entries = Object.entries(inner ?? {});
  const found = calls(className, regularizers.has(className) ? entries.map(unrounded) : entries, depth);
  if (className === "Identity") return [...found, word("linear"), ...layerCalls(className, inner, depth)];
  return findLayer(className) === undefined ? found : layerCalls(className, inner, depth);
}

/** A layer as an argument, as of TimeDistributed. Keys without a parameter and without a value are left out. */
function layerCalls(className: string, config: JsonObject | undefined, depth: number): readonly Value[] {
  const definition = findLayer(className);
  if (definition === undefined) return [];
  const names = new Set(definition.parameters.map(({ name }) => name));
  const entries = Object.entries(config ?? {}).filter(([name, json]) => names.has(name) || !isNothing(json));
  return calls(className, entries, depth);
}

/** Whether a value of a configuration says nothing, as those of arguments that are not used. */
export function isNothing(json: JsonValue): boolean {
  return json === null || json === false || (typeof json === "object" && Object.keys(json).length === 0);
}

/** Initializers that are variance scaling with its arguments fixed. TensorFlow.js writes them as the latter. */
const scalings: readonly (readonly [name: string, scale: number, mode: string, distribution: string])[] = [
  ["glorot_uniform", 1, "fan_avg", "uniform"],
  ["glorot_normal", 1, "fan_avg", "normal"],
  ["he_uniform", 2, "fan_in", "uniform"],
  ["he_normal", 2, "fan_in", "normal"],
  ["lecun_uniform", 1, "fan_in", "uniform"],
  ["lecun_normal", 1, "fan_in", "normal"],
];

function namedScaling(config: JsonObject | undefined): string | undefined {
  const found = scalings.find(
    ([, scale, mode, distribution]) =>
      ownValue(config, "scale") === scale &&
      ownValue(config, "mode") === mode &&
      String(ownValue(config, "distribution")).replace(/^truncated_/, "") === distribution,
  );
  return found?.[0];
}

const regularizers: ReadonlySet<string> = new Set(["L1", "L2", "L1L2", "OrthogonalRegularizer"]);

/** Keras rounds the factors of regularizers to float32: 0.01 comes as 0.009999999776482582. */
function unrounded([name, json]: readonly [string, JsonValue]): readonly [string, JsonValue] {
  if (typeof json !== "number" || !Number.isFinite(json) || Math.fround(json) !== json) return [name, json];
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(json.toPrecision(digits));
    if (Math.fround(short) === json) return [name, short];
  }
  return [name, json];
}

function calls(callee: string, entries: readonly (readonly [string, JsonValue])[], depth: number): readonly Value[] {
  const args: CallArgument[] = [];
  for (const [name, json] of entries) {
    if (administrative.has(name)) continue;
    const [first] = kerasValues(json, depth + 1);
    if (first === undefined) return [];
    args.push({ name, value: first, span: nowhere });
  }
  return [value({ kind: "call", callee, calleeSpan: nowhere, keyword: true, args })];
}

/** Whether a serialized object is of a class that is not Keras' own. */
export function isForeign(node: JsonObject): boolean {
  const registered = ownString(node, "registered_name");
  if (registered !== undefined && registered.includes(">") && !registered.startsWith("keras>")) return true;
  const module = ownString(node, "module");
  return module !== undefined && !/^(builtins$|(keras|tf_keras|tensorflow\.(python\.)?keras)(\.|$))/.test(module);
}

function word(text: string): Value {
  return value({ kind: "word", text, keyword: true, namesInScope: () => [] });
}

function value(content: ValueContent): Value {
  return { ...content, span: nowhere, literal: true };
}
