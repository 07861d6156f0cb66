import type { KerasObject, LayerConfig, LayerDefinition } from "./definition.ts";

/** What training does to a weight beside the optimizer. */
interface WeightSettings {
  readonly initializer?: KerasObject;
  readonly regularizer?: KerasObject;
  readonly constraint?: KerasObject;
}

/** What a layer's arguments say of one of its weights; a wrapped layer says it of its own. */
export function weightSettings({ parameters }: LayerDefinition, config: LayerConfig, name: string): WeightSettings {
  const [first = "", ...rest] = name.split("/");
  if (rest.length > 0) {
    const wrapped = parameters.map((parameter) => config[parameter.name]).find(isWrapped);
    return wrapped === undefined ? {} : weightSettings(wrapped.definition, wrapped.config, rest.join("/"));
  }
  const found = (kind: string): KerasObject | undefined => {
    const value = config[`${first}_${kind}`];
    return isKerasObject(value) ? value : undefined;
  };
  const [initializer, regularizer, constraint] = [found("initializer"), found("regularizer"), found("constraint")];
  return {
    ...(initializer && { initializer }),
    ...(regularizer && { regularizer }),
    ...(constraint && { constraint }),
  };
}

function isWrapped(value: LayerConfig[string] | undefined): value is Extract<LayerConfig[string], { kind: "layer" }> {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "layer";
}

function isKerasObject(value: LayerConfig[string] | undefined): value is KerasObject {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    (value.kind === "initializer" || value.kind === "regularizer" || value.kind === "constraint")
  );
}
