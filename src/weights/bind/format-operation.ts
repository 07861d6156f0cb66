import type { Activation } from "../../activations/definition.ts";
import { formatShape } from "../../ir/shape.ts";
import type { JsonValue } from "../../files/json.ts";
import { shorten } from "../../files/shorten.ts";
import { activationParameters } from "../../layers/arguments/activation.ts";
import type { ConfigValue, LayerConfig, ParameterSpec } from "../../layers/definition.ts";
import { sameConfig } from "../../layers/same-config.ts";
import type { ForwardOperation, OperationShapes } from "./forward-operation.ts";

/** An activation with the arguments that differ from their defaults, or from those of `other`: `relu(max_value=6)`. */
export function formatActivation({ definition, args }: Activation, other?: Activation): string {
  const others = other?.definition.name === definition.name ? other.args : {};
  return formatCall(definition.name, activationParameters(definition), args, ({ name, default: preset }, value) => {
    return preset === undefined || !sameConfig(value, preset) || !sameConfig(value, others[name] ?? value);
  });
}

/** `Rescaling(0.0625, offset=0)`, `a reshape to [2, 3]`. Of the model with the shapes. */
export function formatOperation(operation: ForwardOperation, shapes?: OperationShapes): string {
  switch (operation.kind) {
    case "activation":
      return formatActivation(operation.activation);
    case "reshape":
      return `a reshape to ${shapes === undefined ? `[${operation.target.join(", ")}]` : formatShape(shapes.to)}`;
    case "each-step": {
      const step = shapes === undefined ? undefined : { from: shapes.from.slice(1), to: shapes.to.slice(1) };
      return `${formatOperation(operation.inner, step)} at each step`;
    }
    case "layer": {
      const { className, parameters } = operation.definition;
      return formatCall(className, parameters, operation.config, ({ trainingOnly }, value) => {
        return trainingOnly !== true && (Array.isArray(value) || typeof value === "number");
      });
    }
    case "unknown":
      return operation.text;
  }
}

/** An argument's value. Values come from files and may be long. */
export function formatValue(value: ConfigValue): string {
  if (value === null) return "none";
  if (typeof value !== "object" || !("kind" in value)) return shorten(JSON.stringify(value), 60);
  switch (value.kind) {
    case "activation":
      return formatActivation(value);
    case "layer":
      return formatOperation({ kind: "layer", definition: value.definition, config: value.config });
    default:
      return value.identifier;
  }
}

/** A value of a file that means nothing here. */
export function formatJson(json: JsonValue | undefined): string {
  if (json === undefined) return "nothing";
  return json === null ? "none" : shorten(JSON.stringify(json), 60);
}

/** Numbers that must be given stand without a name. */
function formatCall(
  callee: string,
  parameters: readonly ParameterSpec[],
  args: LayerConfig,
  shown: (parameter: ParameterSpec, value: ConfigValue) => boolean,
): string {
  const written = parameters.flatMap((parameter) => {
    const value = args[parameter.name];
    if (value === undefined || !shown(parameter, value)) return [];
    const positional = parameter.default === undefined && typeof value === "number";
    return [positional ? formatValue(value) : `${parameter.name}=${formatValue(value)}`];
  });
  return written.length === 0 ? callee : `${callee}(${shorten(written.join(", "))})`;
}
