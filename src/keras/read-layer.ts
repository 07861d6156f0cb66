import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { JsonObject, JsonValue } from "../files/json.ts";
import { shorten } from "../files/shorten.ts";
import type { ConfigValue, LayerConfig, LayerDefinition, ParameterSpec } from "../layers/definition.ts";
import { foreignArguments } from "../layers/foreign-words.ts";
import { findLayer } from "../layers/index.ts";
import { argumentValues } from "./argument-values.ts";
import { presentClass } from "./equivalents.ts";
import { isForeign } from "./is-foreign.ts";
import type { KerasConfig } from "./keras-config.ts";
import { baseTrainingKey, layerEntries } from "./layer-entries.ts";

/** Why an argument of a configuration means nothing here. */
export interface ArgumentProblem {
  readonly argument: string;
  /** As the file has it; undefined where it has nothing. */
  readonly found: JsonValue | undefined;
  readonly problem: string;
  /** What may be meant. */
  readonly help?: string | undefined;
  /** It acts only in training: without it the function is the same. */
  readonly harmless: boolean;
}

/** What a layer of a Keras configuration means. */
export type KerasLayer =
  | {
      readonly kind: "layer";
      readonly definition: LayerDefinition;
      /** By parameter, those with a problem that matters left out. What the configuration leaves out has its default. */
      readonly values: LayerConfig;
      /** Whether every parameter has a value and nothing else was given, so that a layer can be made of `values`. */
      readonly complete: boolean;
      readonly problems: readonly ArgumentProblem[];
    }
  /** A class that Layers does not have; `foreign` if it is of the model's author. */
  | { readonly kind: "unknown"; readonly className: string; readonly foreign: boolean };

/**
 * Reads a layer by the parameters of its definition: what their types accept is what can be meant. This is the one reading of
 * Keras' layers; an import writes it down, and bound weights are compared with it.
 */
export function readLayer({ className, config, node }: Pick<KerasConfig, "className" | "config" | "node">): KerasLayer {
  const foreign = isForeign(node);
  const present = presentClass(className, config);
  const definition = foreign ? undefined : findLayer(present.className);
  if (definition === undefined) return { kind: "unknown", className, foreign };
  return { kind: "layer", definition, ...readArguments(definition, present.config) };
}

function readArguments(
  definition: LayerDefinition,
  config: JsonObject,
): { readonly values: LayerConfig; readonly complete: boolean; readonly problems: readonly ArgumentProblem[] } {
  const given = new Map(layerEntries(definition, config));
  const values: [string, ConfigValue][] = [];
  const problems: ArgumentProblem[] = [];
  for (const parameter of definition.parameters) {
    const { name, default: preset, trainingOnly = false } = parameter;
    const found = given.get(name);
    given.delete(name);
    const read =
      found === undefined
        ? { value: preset, problem: "it must be given", help: undefined }
        : readArgument(parameter, found, definition.className);
    const harmless = trainingOnly && preset !== undefined;
    if (read.value !== undefined) values.push([name, read.value]);
    else {
      problems.push({ argument: name, found, problem: read.problem, help: read.help, harmless });
      if (harmless) values.push([name, preset]);
    }
  }
  for (const [name, found] of given) {
    const harmless = name === baseTrainingKey;
    const names = definition.parameters.map((parameter) => parameter.name);
    const { help } = didYouMean(name, names, undefined, foreignArguments);
    problems.push({ argument: shorten(name, 60), found, problem: "Layers has no such argument", help, harmless });
  }
  return { values: Object.fromEntries(values), complete: problems.every(({ harmless }) => harmless), problems };
}

/** What a value of a configuration is for a parameter, or why it is nothing. */
export function readArgument(
  { name, type, default: preset }: ParameterSpec,
  json: JsonValue,
  className: string,
): { readonly value: ConfigValue | undefined; readonly problem: string; readonly help: string | undefined } {
  let first: Diagnostic | undefined;
  // Keras writes one axis as a number or as a list of one.
  const [only, ...others] = typeof preset === "number" && Array.isArray(json) ? (json as readonly JsonValue[]) : [];
  for (const value of argumentValues(only !== undefined && others.length === 0 ? only : json)) {
    const found: Diagnostic[] = [];
    const subject = `'${name}' of ${className}`;
    const converted = type.convert(value, { subject, related: [], report: (one) => found.push(one) });
    if (converted !== undefined && found.length === 0) return { value: converted, problem: "", help: undefined };
    first ??= found[0];
  }
  const problem = first === undefined ? `expected ${type.expected}` : inSentence(first.message);
  const help = first?.help?.startsWith("did you mean") === true ? first.help : undefined;
  return { value: undefined, problem, help };
}

/** A message behind a colon: with a small letter, unless it begins with a name. */
function inSentence(message: string): string {
  const [word = ""] = /^[A-Z][a-z]+(?= )/.exec(message) ?? [];
  const isName = word === "" || word === "Layers" || word === "Keras" || findLayer(word) !== undefined;
  return isName ? message : message.charAt(0).toLowerCase() + message.slice(1);
}
