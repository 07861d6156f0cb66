import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ConfigValue, LayerConfig, LayerDefinition, ParameterSpec } from "../layers/definition.ts";
import type { Argument } from "../syntax/ast.ts";
import { shorten } from "../files/shorten.ts";
import { ownValue, type JsonObject, type JsonValue } from "../files/json.ts";
import { sameConfig, writtenArguments } from "./config-expression.ts";
import { isNothing, kerasValues } from "./keras-value.ts";

/** Why an argument of the file could not be taken over. */
export interface ArgumentProblem {
  readonly argument: string;
  /** As the file has it, cut. */
  readonly found: string;
  readonly problem: string;
  /** It acts only in training and is left out. */
  readonly harmless: boolean;
}

/** The arguments of a layer of the file. */
export interface LayerArguments {
  /** Every parameter, as the layer's shape rule needs it; undefined where a problem is not harmless. */
  readonly config?: LayerConfig;
  /** What has to be written. */
  readonly written: readonly Argument[];
  readonly problems: readonly ArgumentProblem[];
}

/** Keys of every layer that no argument of Layers stands for. */
const administrative =
  /^(name|trainable|dtype|autocast|batch_input_shape|batch_shape|input_shape|input_dim|input_length|input_dtype|sparse|ragged|optional|synchronized|lora_alpha|gptq_unpacked_column_size)$/;

const trainingOnly = /_(initializer|regularizer|constraint)$/;

/** Keras 2's names of arguments. */
const formerNames: ReadonlyMap<string, string> = new Map([["negative_slope", "alpha"]]);

/**
 * Takes the arguments of a layer over from its configuration, by the parameters of its definition: what their types accept
 * is what can be imported. `rank` is that of the input, with the batch axis, if known.
 */
export function layerArguments(
  definition: LayerDefinition,
  config: JsonObject,
  rank: number | undefined,
): LayerArguments {
  const { parameters } = definition;
  const values = new Map<string, ConfigValue>();
  const problems: ArgumentProblem[] = [];
  let complete = true;
  const known = new Set<string>();
  for (const parameter of parameters) {
    const { name, default: preset } = parameter;
    const former = formerNames.get(name);
    known.add(name);
    if (former !== undefined) known.add(former);
    const json = ownValue(config, name) ?? (former === undefined ? undefined : ownValue(config, former));
    if (json === undefined || (json === null && ownValue(config, name) === undefined)) {
      if (preset !== undefined) values.set(name, preset);
      else {
        complete = false;
        problems.push({ argument: name, found: "nothing", problem: "it must be given", harmless: false });
      }
      continue;
    }
    const converted = convert(parameter, json, definition.className);
    if (converted.value !== undefined) {
      values.set(name, converted.value);
      continue;
    }
    const harmless = trainingOnly.test(name) && preset !== undefined;
    problems.push({ argument: name, found: show(json), problem: converted.problem, harmless });
    if (harmless) values.set(name, preset);
    else complete = false;
  }
  for (const [name, json] of Object.entries(config)) {
    if (known.has(name) || administrative.test(name) || isNothing(json)) continue;
    const harmless = trainingOnly.test(name);
    if (!harmless) complete = false;
    problems.push({ argument: shorten(name, 60), found: show(json), problem: "Layers has no such argument", harmless });
  }
  const written = writtenArguments(parameters, Object.fromEntries(values), (parameter, value) =>
    isUsual(parameter, value, rank),
  );
  return { ...(complete ? { config: Object.fromEntries(values) } : {}), written, problems };
}

function convert(
  parameter: ParameterSpec,
  json: JsonValue,
  className: string,
): { readonly value?: ConfigValue; readonly problem: string } {
  let problem: string | undefined;
  // Keras writes one axis as a number or as a list of one.
  const [only, ...others] = parameter.name === "axis" && Array.isArray(json) ? (json as readonly JsonValue[]) : [];
  for (const value of kerasValues(only !== undefined && others.length === 0 ? only : json)) {
    const found: Diagnostic[] = [];
    const subject = `'${parameter.name}' of ${className}`;
    const converted = parameter.type.convert(value, { subject, related: [], report: (one) => found.push(one) });
    if (converted !== undefined && found.length === 0) return { value: converted, problem: "" };
    problem ??= found[0]?.message;
  }
  return { problem: problem ?? `expected ${parameter.type.expected}` };
}

/** What Keras writes out although it is the default. */
function isUsual(parameter: ParameterSpec, value: ConfigValue, rank: number | undefined): boolean {
  if (parameter.name === "data_format") return value === "channels_last" && parameter.default === null;
  // Keras counts an axis from the front once the layer is built.
  if (parameter.name !== "axis" || rank === undefined) return false;
  const counted = (axis: ConfigValue): ConfigValue => {
    if (Array.isArray(axis)) return axis.length === 1 ? counted(axis[0] as ConfigValue) : axis.map(counted);
    return typeof axis === "number" && axis < 0 ? axis + rank : axis;
  };
  return sameConfig(counted(value), counted(parameter.default ?? null));
}

function show(json: JsonValue): string {
  // JSON would make null of NaN and infinity.
  const numbers = (_key: string, item: JsonValue) =>
    typeof item === "number" && !Number.isFinite(item) ? String(item) : item;
  return shorten(json === null ? "none" : JSON.stringify(json, numbers), 80);
}
