import type { FormulaLayer } from "./formula-layer.ts";

/** The arrays that Keras keeps of a layer, in its order. */
export function weightNames(className: string, config: FormulaLayer["config"]): readonly string[] {
  const unless = (argument: string, name: string): readonly string[] => (config[argument] === false ? [] : [name]);
  switch (className) {
    case "Dense":
      return ["kernel", ...unless("use_bias", "bias")];
    case "EinsumDense":
      return ["kernel", ...((config["bias_axes"] ?? null) === null ? [] : ["bias"])];
    case "Embedding":
      return ["embeddings"];
    case "PReLU":
      return ["alpha"];
    case "BatchNormalization":
      return [...unless("scale", "gamma"), ...unless("center", "beta"), "moving_mean", "moving_variance"];
    case "LayerNormalization":
      if (config["rms_scaling"] === true) return ["gamma"];
      return [...unless("scale", "gamma"), ...unless("center", "beta")];
    case "GroupNormalization":
      return [...unless("scale", "gamma"), ...unless("center", "beta")];
    case "RMSNormalization":
      return ["scale"];
    case "Normalization":
      return (config["mean"] ?? null) === null ? ["mean", "variance", "count"] : [];
    default:
      return [];
  }
}
