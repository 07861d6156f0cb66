import type { ConfigOf, LayerDefinition, ParameterSpec } from "./definition.ts";

/**
 * A layer whose functions get their arguments with the types of its parameters: after
 * `{ name: "units", type: positiveInteger }`, `config.units` is a number.
 */
export function defineLayer<const Parameters extends readonly ParameterSpec[]>(
  definition: LayerDefinition<ConfigOf<Parameters>> & { readonly parameters: Parameters },
): LayerDefinition {
  // The checker and the readers of files make configs by the parameters, so that each argument has its type.
  return definition as unknown as LayerDefinition;
}
