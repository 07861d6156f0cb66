import type { FoundLayer, Place } from "./chain.ts";

/** Layers that leave the last axis as it is. */
const keeping: ReadonlySet<string> = new Set([
  "Activation",
  "Identity",
  "ReLU",
  "Rescaling",
  "Softmax",
  "UnitNormalization",
]);

/**
 * The input with the size of its last axis, where the file leaves it open and the first array that meets it settles it:
 * a kernel has as many rows as its input has features.
 */
export function withKnownFeatures(input: Place, layers: readonly FoundLayer[]): Place {
  const first = layers.find(({ className }) => !keeping.has(className));
  const size = first === undefined ? undefined : featuresOf(first);
  if (input.sizes.at(-1) !== null || size === undefined) return input;
  return { ...input, sizes: [...input.sizes.slice(0, -1), size] };
}

/** The size of the last axis of what a layer takes, by its arrays. */
function featuresOf({ className, config, arrays }: FoundLayer): number | undefined {
  const [array] = arrays;
  switch (className) {
    case "Dense":
      return array?.shape[0];
    case "BatchNormalization":
    case "LayerNormalization":
    case "RMSNormalization":
      return config["axis"] === -1 ? array?.shape.at(-1) : undefined;
    default:
      return undefined;
  }
}
