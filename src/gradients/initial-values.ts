import { product } from "../ir/product.ts";
import type { KerasObject, LayerConfig } from "../layers/definition.ts";
import { initializers } from "../layers/keras-objects/initializers.ts";

/** What an array begins training with. `seed` is present where the source gives one. */
export type InitialValues =
  | { readonly kind: "constant"; readonly value: number }
  /** Of [low, high). */
  | { readonly kind: "uniform"; readonly low: number; readonly high: number; readonly seed?: number }
  | { readonly kind: "normal"; readonly mean: number; readonly deviation: number; readonly seed?: number }
  /** Within two of its standard deviations. */
  | { readonly kind: "truncated-normal"; readonly mean: number; readonly deviation: number; readonly seed?: number }
  /** A matrix `[rows, columns]`. */
  | {
      readonly kind: "orthogonal";
      readonly rows: number;
      readonly columns: number;
      readonly gain: number;
      readonly seed?: number;
    }
  | { readonly kind: "identity"; readonly columns: number; readonly size: number; readonly gain: number };

/**
 * What Keras' initializers give an array of a shape. The variance of the variance-scaling ones is their scale over the number
 * of inputs, of outputs, or the mean of both (`keras.initializers.VarianceScaling`).
 */
export function initialValues({ className, config }: KerasObject, shape: readonly number[]): InitialValues {
  const number = (name: string): number => config[name] as number;
  const given = config["seed"];
  const seed = typeof given === "number" ? { seed: given } : {};
  switch (className) {
    case "Zeros":
      return { kind: "constant", value: 0 };
    case "Ones":
      return { kind: "constant", value: 1 };
    case "Constant":
      return { kind: "constant", value: number("value") };
    case "RandomNormal":
      return { kind: "normal", mean: number("mean"), deviation: number("stddev"), ...seed };
    case "TruncatedNormal":
      return { kind: "truncated-normal", mean: number("mean"), deviation: number("stddev"), ...seed };
    case "RandomUniform":
      return { kind: "uniform", low: number("minval"), high: number("maxval"), ...seed };
    case "Orthogonal":
      return {
        kind: "orthogonal",
        rows: product(shape.slice(0, -1)),
        columns: shape.at(-1) ?? 1,
        gain: number("gain"),
        ...seed,
      };
    case "Identity":
      return { kind: "identity", columns: shape[1] ?? 1, size: Math.min(...shape), gain: number("gain") };
    default:
      return { ...scaled(scalingOf(className, config), shape, config), ...seed };
  }
}

/** The standard deviation of a standard normal distribution that is cut off at 2. */
const truncatedDeviation = 0.8796256610342398;

interface Scaling {
  readonly scale: number;
  readonly mode: string;
  readonly distribution: string;
}

function scaled({ scale, mode, distribution }: Scaling, shape: readonly number[], config: LayerConfig): InitialValues {
  const variance = scale / Math.max(1, fanOf(mode, shape, config));
  const limit = Math.sqrt(3 * variance);
  switch (distribution) {
    case "uniform":
      return { kind: "uniform", low: -limit, high: limit };
    case "untruncated_normal":
      return { kind: "normal", mean: 0, deviation: Math.sqrt(variance) };
    default:
      return { kind: "truncated-normal", mean: 0, deviation: Math.sqrt(variance) / truncatedDeviation };
  }
}

function scalingOf(className: string, config: LayerConfig): Scaling {
  const fixed = initializers.find((definition) => definition.className === className)?.scaling;
  if (fixed !== undefined) return fixed;
  if (className !== "VarianceScaling") throw new Error(`no initial values for ${className}`);
  return {
    scale: config["scale"] as number,
    mode: config["mode"] as string,
    distribution: config["distribution"] as string,
  };
}

/** The inputs and outputs of a weight: its last two axes, times all others; or as the initializer says. */
function fanOf(mode: string, shape: readonly number[], config: LayerConfig): number {
  const along = (axes: LayerConfig[string] | undefined): number | undefined =>
    Array.isArray(axes) ? product(axes.map((axis: number) => shape.at(axis) ?? 1)) : undefined;
  const field = product(shape.slice(0, -2));
  const last = shape.at(-1) ?? 1;
  const inputs = along(config["input_axes"]) ?? field * (shape.at(-2) ?? last);
  const outputs = along(config["output_axes"]) ?? field * last;
  if (mode === "fan_in") return inputs;
  return mode === "fan_out" ? outputs : (inputs + outputs) / 2;
}
