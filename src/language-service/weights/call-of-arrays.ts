import { findLayer, layers } from "../../layers/index.ts";
import { toSnakeCase } from "../../layers/snake-case.ts";
import { isTorchLayer } from "../../weights/torch-names.ts";
import type { WeightLayer } from "../../weights/weight-file.ts";

/** A layer that arrays are likely those of. */
export interface GuessedLayer {
  readonly className: string;
  /** With the arguments that the arrays tell. */
  readonly call: string;
  /** The last axis of its input and of its output, where it changes that. */
  readonly sizes?: readonly [input: number, output: number];
}

/**
 * The layer that has these arrays, by the class that the file gives it, else by their names and shapes: a matrix with a vector
 * is a Dense, two vectors are a normalization. What no array tells (activations, epsilons, axes) has its default, but that
 * PyTorch's normalizations have another epsilon than Keras'. Undefined where nothing fits.
 */
export function callOfArrays(layer: WeightLayer): GuessedLayer | undefined {
  const { arrays } = layer;
  const names = new Set(arrays.map(({ name }) => name));
  const isTorch = isTorchLayer(layer);
  const has = (...wanted: readonly string[]): boolean => wanted.every((name) => names.has(name));
  const matrix = arrays.find(({ shape }) => shape.length === 2)?.shape;
  const vectors = arrays.filter(({ shape }) => shape.length === 1).length;
  const className = classOf(layer);
  if (matrix !== undefined && (className === "Embedding" || has("embeddings"))) {
    return { className: "Embedding", call: `Embedding(${matrix[0]}, ${matrix[1]})` };
  }
  if (
    matrix !== undefined &&
    (className ?? "Dense") === "Dense" &&
    arrays.length <= 2 &&
    vectors === arrays.length - 1
  ) {
    const sizes = isTorch ? ([matrix[1], matrix[0]] as [number, number]) : ([matrix[0], matrix[1]] as [number, number]);
    return { className: "Dense", call: `Dense(${sizes[1]}${vectors === 0 ? ", use_bias=false" : ""})`, sizes };
  }
  const named = normalization(className, names, isTorch, vectors);
  if (named !== undefined) return named;
  if (has("alpha")) {
    const shared = arrays[0]?.shape.flatMap((size, axis) => (size === 1 ? [axis + 1] : [])) ?? [];
    return { className: "PReLU", call: shared.length === 0 ? "PReLU()" : `PReLU(shared_axes=[${shared.join(", ")}])` };
  }
  const definition = className === undefined ? undefined : findLayer(className);
  const isPlain = definition?.parameters.every(({ default: preset }) => preset !== undefined) === true;
  return isPlain && className !== undefined ? { className, call: `${className}()` } : undefined;
}

/** The class by the configuration, or by a name such as `batch_normalization_2` that Keras has given. */
function classOf({ keras, classNumber, name }: WeightLayer): string | undefined {
  if (keras !== undefined) return keras.className;
  const base = classNumber?.base ?? name.replace(/_\d+$/, "");
  return layers.find(({ className }) => toSnakeCase(className) === base)?.className;
}

function normalization(
  known: string | undefined,
  names: ReadonlySet<string | undefined>,
  isTorch: boolean,
  vectors: number,
): GuessedLayer | undefined {
  const isUnnamed = names.size === 1 && names.has(undefined);
  const isBatch = names.has("moving_mean") || names.has("running_mean") || (isUnnamed && vectors === 4);
  const isLayer = names.has("gamma") || names.has("beta") || (isTorch && vectors > 0) || (isUnnamed && vectors === 2);
  const isFixed = names.has("mean") && names.has("variance");
  const isRms = names.size === 1 && names.has("scale");
  const className =
    known ??
    (isBatch
      ? "BatchNormalization"
      : isFixed
        ? "Normalization"
        : isRms
          ? "RMSNormalization"
          : isLayer
            ? "LayerNormalization"
            : undefined);
  if (className === undefined || !className.endsWith("Normalization") || className === "UnitNormalization")
    return undefined;
  const scales =
    className === "BatchNormalization" || className === "LayerNormalization" || className === "GroupNormalization";
  const lacks = (name: string, argument: string): readonly string[] =>
    scales && !isUnnamed && !isTorch && !names.has(name) ? [`${argument}=false`] : [];
  // Of arrays without names, one that is missing is gamma: what follows a BatchNormalization scales as well.
  const missing = isUnnamed && scales ? (className === "BatchNormalization" ? 4 : 2) - vectors : 0;
  const unnamed = missing === 2 ? ["center=false", "scale=false"] : missing === 1 ? ["scale=false"] : [];
  const args = [
    ...unnamed,
    ...(isTorch && scales ? ["epsilon=1e-5"] : []),
    ...lacks("beta", "center"),
    ...lacks("gamma", "scale"),
  ];
  return { className, call: `${className}(${args.join(", ")})` };
}
