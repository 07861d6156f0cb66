import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../files/json.ts";
import { shorten } from "../files/shorten.ts";
import type { ConfigValue, KerasObject } from "../layers/definition.ts";
import type { KerasObjectDefinition } from "../layers/keras-objects/definition.ts";
import { objectWords } from "../layers/keras-objects/types.ts";
import { toSnakeCase } from "../layers/snake-case.ts";
import { losses } from "../training/losses/index.ts";
import { metrics } from "../training/metrics/index.ts";
import { optimizers } from "../training/optimizers/index.ts";
import { unrounded } from "./argument-values.ts";
import { withoutDecay } from "./former-decay.ts";
import { isForeign } from "./is-foreign.ts";
import { isUsualName } from "./usual-name.ts";
import { isBaseKey } from "./layer-entries.ts";
import { readArgument } from "./read-layer.ts";

/** What a model was compiled with, as far as the clause `compile` can say it. */
export interface KerasTraining {
  readonly optimizer: KerasObject;
  readonly loss: KerasObject;
  readonly metrics: readonly KerasMetric[];
}

/** A metric, and its place among those that the configuration has. */
export interface KerasMetric {
  readonly metric: KerasObject;
  readonly place: number;
}

/** What of a configuration is left out. */
export interface LeftOutOfTraining {
  /** A sentence without its full stop. */
  readonly what: string;
  /** The argument of `compile`, which of its metrics, and the argument of that, as far as it is one. */
  readonly path: TrainingPath;
}

export type TrainingPath = readonly (string | number)[];

/** What is read of a `compile_config`, and what of it is left out. */
export interface ReadTraining {
  readonly training?: KerasTraining;
  readonly leftOut: readonly LeftOutOfTraining[];
}

/** Says that something is left out which stands there. */
type Note = (what: string, ...path: TrainingPath) => void;

/** Why the clause has no place for what `compile` of Keras takes besides. */
export const noPlace = {
  weighted_metrics: "The weighted_metrics are left out: metrics are measured without the weights of samples",
  loss_weights: "The loss_weights are left out: a model has one output",
} as const;

/**
 * Reads what Keras 3 calls `compile_config`, and `training_config` before: names, serialized objects, and lists or dictionaries of
 * such by output. What the clause can't say is left out; without an optimizer or a loss that it knows, all of it is.
 */
export function readTraining(json: JsonObject): ReadTraining {
  const leftOut: LeftOutOfTraining[] = [];
  const note: Note = (what, ...path) => void leftOut.push({ what, path });
  const given = ownValue(json, "optimizer") ?? ownValue(json, "optimizer_config");
  const optimizer = readOne(given, optimizers, (what, ...path) => note(what, "optimizer", ...path));
  const loss = readOne(only(ownValue(json, "loss")), losses, (what, ...path) => note(what, "loss", ...path));
  for (const [what, read] of [
    ["optimizer", optimizer],
    ["loss", loss],
  ] as const) {
    if (read.kind === "object") continue;
    const found = read.kind === "nothing" ? `it has no ${what}` : `its ${what} ${read.name} is none of layerc`;
    return { leftOut: [{ what: `How the model was compiled is left out, for ${found}`, path: [what] }] };
  }
  if (optimizer.kind !== "object" || loss.kind !== "object") return { leftOut };
  const measured = itemsOf(ownValue(json, "metrics")).flatMap((item, place): readonly KerasMetric[] => {
    const noteOfMetric: Note = (what, ...path) => note(what, "metrics", place, ...path);
    const read = readOne(item, metrics, noteOfMetric);
    if (read.kind === "unknown") noteOfMetric(`The metric ${read.name} is left out, for it is none of layerc`);
    return read.kind === "object" ? [{ metric: read.object, place }] : [];
  });
  if (itemsOf(ownValue(json, "weighted_metrics")).length > 0) note(noPlace.weighted_metrics, "weighted_metrics");
  if (isGiven(ownValue(json, "loss_weights"))) note(noPlace.loss_weights, "loss_weights");
  return { training: { optimizer: optimizer.object, loss: loss.object, metrics: measured }, leftOut };
}

type ReadObject =
  | { readonly kind: "object"; readonly object: KerasObject }
  | { readonly kind: "unknown"; readonly name: string }
  | { readonly kind: "nothing" };

function readOne(json: JsonValue | undefined, all: readonly KerasObjectDefinition[], note: Note): ReadObject {
  if (json === undefined || json === null) return { kind: "nothing" };
  const { name: written, config, isOther = false } = nameAndConfig(json);
  const name = all === optimizers ? ownName(written) : written;
  // TensorFlow.js has a class of its own for what Keras' SGD does with a momentum.
  const definition = isOther ? undefined : find(name === "Momentum" ? "SGD" : name, all);
  if (definition === undefined) return { kind: "unknown", name: `'${shorten(written, 60)}'` };
  const { kind, identifier, className } = definition;
  const present = withPresentNames(config, name, definition);
  const values = readValues(definition, kind === "optimizer" ? withoutDecay(present, definition) : present, note);
  if (values === undefined) return { kind: "unknown", name: `'${identifier}', as it is given,` };
  const own = ownString(config, "name");
  if (kind === "metric" && own !== undefined && !isUsualName(own, definition)) {
    note(`The name ${show(own)} of ${identifier} is left out: metrics are called what they are`, "name");
  }
  return { kind: "object", object: { kind, identifier, className, config: values } };
}

interface Named {
  readonly name: string;
  readonly config: JsonObject;
  /** It is none of Keras', whatever it is called. */
  readonly isOther?: true;
}

/** What a name, a function or a serialized object is called, and its arguments. */
function nameAndConfig(json: JsonValue): Named {
  if (typeof json === "string") return { name: json, config: {} };
  const className = isObject(json) ? ownString(json, "class_name") : undefined;
  if (!isObject(json) || className === undefined) return { name: show(json), config: {}, isOther: true };
  const given = ownValue(json, "config");
  if (className === "function" && typeof given === "string") return { name: given, config: {} };
  if (isForeign(json)) return { name: className, config: {}, isOther: true };
  const config = isObject(given) ? given : {};
  // As tf.keras wrote a metric that it was given as a name.
  const fn = className === "MeanMetricWrapper" ? ownString(config, "fn") : undefined;
  const own = ownString(config, "name");
  if (fn !== undefined) {
    const isAccuracy = own === "accuracy" || own === "acc";
    return isAccuracy || own === undefined
      ? { name: isAccuracy ? "accuracy" : fn, config: {} }
      : { name: fn, config: { name: own } };
  }
  // Of Keras' classes this one alone is something else than its name in the list of metrics.
  return className === "Accuracy" ? { name: className, config, isOther: true } : { name: className, config };
}

/** Keras 2.11 registered its own optimizers as if they were the author's: `Custom>Adam`. */
function ownName(className: string): string {
  return className.replace(/^Custom>/, "");
}

function find(name: string, all: readonly KerasObjectDefinition[]): KerasObjectDefinition | undefined {
  return (
    all.find((definition) => objectWords(definition).includes(name)) ??
    all.find(({ identifier, className }) =>
      [identifier, className.toLowerCase()].some((word) => word === name.toLowerCase() || word === toSnakeCase(name)),
    )
  );
}

/**
 * The arguments of an object under the names that Keras has for them: TensorFlow.js writes `learningRate` and `beta1`, and
 * calls the `rho` of its RMSProp a decay; the learning rate was `lr` before Keras 2.3. What is a name of today stays.
 */
function withPresentNames(config: JsonObject, className: string, { parameters }: KerasObjectDefinition): JsonObject {
  const present = new Set(parameters.map(({ name }) => name));
  const entries = Object.entries(config).map(([key, json]): readonly [string, JsonValue] => {
    if (present.has(key)) return [key, json];
    if (key === "lr") return ["learning_rate", json];
    if (key === "decay" && className === "RMSProp") return ["rho", json];
    return [
      toSnakeCase(key)
        .replace(/(?<=[a-z])(?=\d)/g, "_")
        .replace(/^use_nesterov$/, "nesterov"),
      json,
    ];
  });
  return Object.fromEntries(entries);
}

/** Arguments that say nothing beside the others, or nothing any more. */
const idle: ReadonlySet<string> = new Set(["fn", "jit_compile", "is_legacy_optimizer"]);

/** All arguments of an object; undefined where one that has no default is not there, or nothing here. */
function readValues(
  { identifier, parameters }: KerasObjectDefinition,
  config: JsonObject,
  note: Note,
): Readonly<Record<string, ConfigValue>> | undefined {
  const values: [string, ConfigValue][] = [];
  const names = new Set(parameters.map(({ name }) => name));
  for (const parameter of parameters) {
    const { name, default: preset } = parameter;
    const written = ownValue(config, name);
    // Keras keeps the rate in a variable of float32.
    const found = name === "learning_rate" && written !== undefined ? unrounded(written) : written;
    const isAbsent = found === undefined || (name === "reduction" && found === "auto");
    const value = isAbsent ? preset : readArgument(parameter, found, identifier).value;
    if (value !== undefined) values.push([name, value]);
    else if (preset === undefined) return undefined;
    else {
      values.push([name, preset]);
      if (found !== null) note(`${name}=${show(found)} of ${identifier} is left out`, name);
    }
  }
  for (const [name, json] of Object.entries(config)) {
    if (names.has(name) || idle.has(name) || isBaseKey(name) || !isGiven(json)) continue;
    note(`${shorten(name, 60)}=${show(json)} of ${identifier} is left out`, name);
  }
  return Object.fromEntries(values);
}

function show(json: JsonValue | undefined): string {
  return shorten(JSON.stringify(json) ?? "nothing", 60);
}

function isGiven(json: JsonValue | undefined): boolean {
  return json !== undefined && json !== null && json !== false && json !== 0;
}

/** What stands for the one output of a model, alone or in a list or a dictionary of outputs. */
function only(json: JsonValue | undefined): JsonValue | undefined {
  const items = itemsOf(json);
  return items.length === 1 ? items[0] : json;
}

/** The items of a list, also of lists for each output; of a dictionary by output its values. */
function itemsOf(json: JsonValue | undefined, depth = 0): readonly JsonValue[] {
  if (json === undefined || json === null || depth > 2) return [];
  if (Array.isArray(json)) return (json as readonly JsonValue[]).flatMap((item) => itemsOf(item, depth + 1));
  if (isObject(json) && ownString(json, "class_name") === undefined) {
    return Object.values(json).flatMap((item) => itemsOf(item, depth + 1));
  }
  return [json];
}
