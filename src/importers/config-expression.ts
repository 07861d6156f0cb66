import { nowhere } from "../diagnostics/nowhere.ts";
import { activationParameters } from "../layers/arguments/activation.ts";
import type { ConfigValue, KerasObject, ParameterSpec } from "../layers/definition.ts";
import { constraints } from "../layers/keras-objects/constraints.ts";
import type { KerasObjectDefinition } from "../layers/keras-objects/definition.ts";
import { initializers } from "../layers/keras-objects/initializers.ts";
import { regularizers } from "../layers/keras-objects/regularizers.ts";
import { sameConfig } from "../layers/same-config.ts";
import type { Argument, Expression } from "../syntax/ast.ts";
import { argumentNode, callNode, listNode, numberNode, stringNode, wordNode } from "./syntax.ts";

/**
 * The expression that a checked argument value is written as. `words` are the bare words its parameter takes; any other
 * string is a string.
 */
function configExpression(value: ConfigValue, words: readonly string[]): Expression {
  if (value === null) return { kind: "none", span: nowhere };
  if (typeof value === "number") return numberNode(value);
  if (typeof value === "boolean") return { kind: "boolean", value, span: nowhere };
  if (typeof value === "string") return words.includes(value) ? wordNode(value) : stringNode(value);
  if (isList(value)) return listNode(value.map((item) => configExpression(item, words)));
  if (value.kind === "activation") {
    return shortCall(value.definition.name, activationParameters(value.definition), value.args);
  }
  if (value.kind === "layer") {
    const { className, parameters } = value.definition;
    return callNode(className, writtenArguments(parameters, value.config));
  }
  return shortCall(value.identifier, objectParameters(value), value.config);
}

type Values = Readonly<Record<string, ConfigValue>>;

function isList(value: ConfigValue): value is readonly ConfigValue[] {
  return Array.isArray(value);
}

/** A call with the arguments that differ from their defaults; without any, the bare word. */
function shortCall(name: string, parameters: readonly ParameterSpec[], values: object): Expression {
  const args = writtenArguments(parameters, values as Values);
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
    const expression = configExpression(value, parameter.type.words ?? []);
    args.push(argumentNode(positional ? undefined : parameter.name, expression));
  }
  return args;
}

function objectParameters(object: KerasObject): readonly ParameterSpec[] {
  const tables: Readonly<Record<KerasObject["kind"], readonly KerasObjectDefinition[]>> = {
    initializer: initializers,
    regularizer: regularizers,
    constraint: constraints,
  };
  return tables[object.kind].find(({ identifier }) => identifier === object.identifier)?.parameters ?? [];
}
