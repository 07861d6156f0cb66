import type { Shape } from "../ir/shape.ts";
import type { ConfigValue, LayerConfig, ParameterSpec } from "../layers/definition.ts";
import { sameConfig } from "../layers/same-config.ts";

/** Whether Keras writes a value out although it means the same as the default: an axis that a built layer counts anew. */
export function isUsual(parameter: ParameterSpec, value: ConfigValue, input: Shape, config: LayerConfig): boolean {
  const { normalize, default: preset } = parameter;
  if (normalize === undefined || preset === undefined) return false;
  return sameConfig(normalize(value, input, config), normalize(preset, input, config));
}
