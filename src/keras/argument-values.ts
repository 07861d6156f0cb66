import type { Activation } from "../activations/definition.ts";
import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../files/json.ts";
import { nowhere } from "../diagnostics/nowhere.ts";
import { layerArguments } from "../layers/arguments/layer-arguments.ts";
import { callValue, madeValue, plainValue, wordValue } from "../layers/arguments/made-value.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { LayerDefinition } from "../layers/definition.ts";
import { findLayer } from "../layers/index.ts";
import { constraints } from "../layers/keras-objects/constraints.ts";
import type { KerasObjectDefinition } from "../layers/keras-objects/definition.ts";
import { initializers } from "../layers/keras-objects/initializers.ts";
import { regularizers } from "../layers/keras-objects/regularizers.ts";
import { presentClass } from "./equivalents.ts";
import { isForeign } from "./is-foreign.ts";
import { isFrozen, layerEntries, objectEntries, type ConfigEntry } from "./layer-entries.ts";

/** Values deeper than this are nothing Keras writes. */
const deepest = 8;

/**
 * What a value of a Keras configuration can mean as an argument, the likeliest first: a text is a bare word or a string, a
 * serialized object a call or a word. Empty for what can't be an argument, such as a Lambda.
 */
export function argumentValues(json: JsonValue, depth = 0): readonly Value[] {
  if (depth > deepest) return [];
  if (json === null || typeof json === "boolean") return [plainValue(json)];
  // Python's NaN and Infinity can't be written in Layers.
  if (typeof json === "number") return Number.isFinite(json) ? [plainValue(json)] : [];
  if (typeof json === "string") return [wordValue(json), madeValue({ kind: "string", value: json })];
  if (isObject(json)) return objectValues(json, depth);
  return listValues(json as readonly JsonValue[], depth);
}

function listValues(items: readonly JsonValue[], depth: number): readonly Value[] {
  const choices = items.map((item) => argumentValues(item, depth + 1));
  if (choices.some((choice) => choice.length === 0)) return [];
  const list = (at: number): Value =>
    madeValue({ kind: "list", items: choices.map((choice) => choice[Math.min(at, choice.length - 1)] as Value) });
  const lists = choices.some((choice) => choice.length > 1) ? [list(0), list(1)] : [list(0)];
  // Keras writes one axis as a number or as a list of one.
  const single = items.length === 1 ? (choices[0] ?? []).filter(({ kind }) => kind === "number") : [];
  return [...lists, ...single];
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
      return argumentValues(ownValue(inner, "value") ?? ownValue(json, "value") ?? null, depth + 1);
    case "SeedGenerator":
      return argumentValues(ownValue(inner, "seed") ?? null, depth + 1);
    case "function":
      return typeof config === "string" ? [wordValue(config)] : [];
  }
  if (isForeign(json)) return [];
  const present = presentClass(className, inner ?? {});
  const definition = findLayer(present.className);
  if (definition === undefined) return kerasObject(className, json, depth);
  // Identity is the name of an initializer, too.
  const object = isKerasObject(className) ? kerasObject(className, json, depth) : [];
  return [...object, ...layerValues(definition, present.config, depth)];
}

/** A layer as an argument: as the activation that it is, for `activation`, and as itself, for TimeDistributed. */
function layerValues(definition: LayerDefinition, config: JsonObject, depth: number): readonly Value[] {
  const frozen: readonly ConfigEntry[] = isFrozen(config) ? [["trainable", false]] : [];
  const found = call(definition.className, [...layerEntries(definition, config), ...frozen], depth);
  if (found === undefined) return [];
  const { values, valid } = layerArguments(definition, found.args, {
    callee: definition.className,
    span: nowhere,
    related: [],
    report: () => undefined,
  });
  const meaning = valid ? definition.meaning?.(values) : undefined;
  switch (meaning?.kind) {
    case "identity":
      return [wordValue("linear"), found];
    case "activation":
      return [activationValue(meaning.activation), found];
    default:
      return [found];
  }
}

function activationValue({ definition, args }: Activation): Value {
  return callValue(
    definition.name,
    Object.entries(args).map(([name, argument]) => [name, plainValue(argument)] as const),
  );
}

/** An initializer, a regularizer, a constraint, or an activation with its arguments. */
function kerasObject(className: string, node: JsonObject, depth: number): readonly Value[] {
  const given = ownValue(node, "config");
  const config = isObject(given) ? given : {};
  const plain = className === "VarianceScaling" && ownValue(node, "module") === undefined;
  const scaling = plain ? findScaling(config) : undefined;
  if (scaling !== undefined) {
    const named = call(scaling.identifier, [["seed", ownValue(config, "seed") ?? null]], depth);
    if (named !== undefined) return [named];
  }
  const entries = objectEntries(config);
  const rounded = regularizers.some((regularizer) => regularizer.className === className);
  const found = call(
    className,
    rounded ? entries.map(([name, json]) => [name, unrounded(json)] as const) : entries,
    depth,
  );
  return found === undefined ? [] : [found];
}

function isKerasObject(className: string): boolean {
  return [initializers, regularizers, constraints].some((all) => all.some((object) => object.className === className));
}

/** The initializer that variance scaling with these arguments is. TensorFlow.js writes all of them as the latter. */
function findScaling(config: JsonObject): KerasObjectDefinition | undefined {
  return initializers.find(
    ({ scaling }) =>
      scaling !== undefined &&
      ownValue(config, "scale") === scaling.scale &&
      ownValue(config, "mode") === scaling.mode &&
      String(ownValue(config, "distribution")).replace(/^truncated_/, "") === scaling.distribution,
  );
}

/** The shortest number that is this one in float32: Keras rounds to that, so that 0.01 comes as 0.009999999776482582. */
export function unrounded(json: JsonValue): JsonValue {
  if (typeof json !== "number" || !Number.isFinite(json) || Math.fround(json) !== json) return json;
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(json.toPrecision(digits));
    if (Math.fround(short) === json) return short;
  }
  return json;
}

/** A call with the likeliest reading of each argument; undefined where one has none. */
function call(
  callee: string,
  entries: readonly ConfigEntry[],
  depth: number,
): ReturnType<typeof callValue> | undefined {
  const args: (readonly [string, Value])[] = [];
  for (const [name, json] of entries) {
    const readings = argumentValues(json, depth + 1);
    // What a wrapper wraps is a layer, though it may be an activation, too.
    const likeliest = name === "layer" ? readings.at(-1) : readings[0];
    if (likeliest === undefined) return undefined;
    args.push([name, likeliest]);
  }
  return callValue(callee, args);
}
