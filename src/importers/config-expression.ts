import { nowhere } from "../diagnostics/nowhere.ts";
import { activationParameters } from "../layers/arguments/activation.ts";
import type { ConfigValue, KerasObject, ParameterSpec } from "../layers/definition.ts";
import { callParameters } from "../layers/trainable.ts";
import { constraints } from "../layers/keras-objects/constraints.ts";
import type { KerasObjectDefinition } from "../layers/keras-objects/definition.ts";
import { initializers } from "../layers/keras-objects/initializers.ts";
import { regularizers } from "../layers/keras-objects/regularizers.ts";
import { losses } from "../training/losses/index.ts";
import { metrics } from "../training/metrics/index.ts";
import { optimizers } from "../training/optimizers/index.ts";
import { schedules } from "../training/schedules/index.ts";
import type { Written } from "../keras-scripts/written.ts";
import { sameConfig } from "../layers/same-config.ts";
import type { Argument, Expression } from "../syntax/ast.ts";
import { formulaExpression } from "./formula-expression.ts";
import { argumentNode, callNode, listNode, numberNode, stringNode, wordNode } from "./syntax.ts";

/** How a script writes values, and the names in it that the file declares. */
export interface Writing {
  readonly written: Written;
  readonly constants: { has(name: string): boolean };
}

/**
 * The expression that a checked argument value is written as. `words` are the bare words its parameter takes; any other
 * string is a string. What a script has written, it writes, too, where that is the same value.
 */
export function configExpression(value: ConfigValue, words: readonly string[], writing?: Writing): Expression {
  if (value === null) return { kind: "none", span: nowhere };
  if (typeof value === "number") {
    const formula = writing?.written.formula;
    return writing !== undefined && formula?.value === value
      ? formulaExpression(formula, writing.constants)
      : numberNode(value);
  }
  if (typeof value === "boolean") return { kind: "boolean", value, span: nowhere };
  if (typeof value === "string") return words.includes(value) ? wordNode(value) : stringNode(value);
  if (isList(value)) return listExpression(value, words, writing);
  if (value.kind === "activation") {
    return shortCall(value.definition.name, activationParameters(value.definition), value.args, writing);
  }
  if (value.kind === "layer") {
    const { definition, config, trainable = true } = value;
    const args = writtenArguments(callParameters(definition), { ...config, trainable }, undefined, writing);
    return callNode(definition.className, args);
  }
  return shortCall(value.identifier, objectParameters(value), value.config, writing);
}

function listExpression(value: readonly ConfigValue[], words: readonly string[], writing?: Writing): Expression {
  const { name, items = [] } = writing?.written ?? {};
  const isSame = items.length === value.length && items.every(({ formula }, at) => formula?.value === value[at]);
  if (name !== undefined && isSame && writing?.constants.has(name) === true) return wordNode(name);
  return listNode(value.map((item, at) => configExpression(item, words, partOf(writing, items[at]))));
}

function partOf(writing: Writing | undefined, written: Written | undefined): Writing | undefined {
  return writing === undefined || written === undefined ? undefined : { ...writing, written };
}

type Values = Readonly<Record<string, ConfigValue>>;

function isList(value: ConfigValue): value is readonly ConfigValue[] {
  return Array.isArray(value);
}

/** A call with the arguments that differ from their defaults; without any, the bare word. */
function shortCall(
  name: string,
  parameters: readonly ParameterSpec[],
  values: object,
  writing: Writing | undefined,
): Expression {
  const args = writtenArguments(parameters, values as Values, undefined, writing);
  return args.length === 0 ? wordNode(name) : callNode(name, args);
}

/**
 * The arguments that have to be written: those that differ from their defaults. Mandatory ones at the front, and the single
 * one of `l2(0.01)`, stand without a name.
 */
export function writtenArguments(
  parameters: readonly ParameterSpec[],
  values: Values,
  isDefault: (parameter: ParameterSpec, value: ConfigValue) => boolean = () => false,
  writing?: Writing,
): readonly Argument[] {
  const args: Argument[] = [];
  let positional = true;
  for (const parameter of parameters) {
    const value = values[parameter.name];
    const preset = parameter.default;
    const left =
      value === undefined || (preset !== undefined && (sameConfig(value, preset) || isDefault(parameter, value)));
    positional &&= preset === undefined || (parameters.length === 1 && !left);
    if (left) continue;
    const entries = writing?.written.entries;
    const written = entries?.get(parameter.name) ?? entries?.get(parameter.formerName ?? "");
    const expression = configExpression(value, parameter.type.words ?? [], partOf(writing, written));
    args.push(argumentNode(positional ? undefined : parameter.name, expression));
  }
  return args;
}

function objectParameters(object: KerasObject): readonly ParameterSpec[] {
  const tables: Readonly<Record<KerasObject["kind"], readonly KerasObjectDefinition[]>> = {
    initializer: initializers,
    regularizer: regularizers,
    constraint: constraints,
    optimizer: optimizers,
    schedule: schedules,
    loss: losses,
    metric: metrics,
  };
  return tables[object.kind].find(({ identifier }) => identifier === object.identifier)?.parameters ?? [];
}
