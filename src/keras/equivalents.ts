import type { JsonObject, JsonValue } from "../files/json.ts";
import { findLayer } from "../layers/index.ts";

/** A class of Keras that Layers has only under another name. */
interface Equivalent {
  readonly className: string;
  readonly present: string;
  /** Its arguments in Keras' order, where they are others than those of `present`. */
  readonly arguments?: readonly string[];
  /** The configuration of that one which makes the same layer. */
  readonly config: (config: JsonObject) => JsonObject;
}

/** Every such class. Those of older versions are in files that are older than Keras 3. */
const equivalents: readonly Equivalent[] = [
  {
    className: "ThresholdedReLU",
    present: "Activation",
    arguments: ["theta"],
    config: ({ theta, ...rest }) => {
      const config = { threshold: theta ?? 1, default_value: 0 };
      return { ...rest, activation: { class_name: "threshold", config } };
    },
  },
  // In mode 0 Keras 1 normalised as Keras does now; the others are of other statistics.
  {
    className: "BatchNormalization",
    present: "BatchNormalization",
    config: ({ mode, ...rest }) => (mode === undefined || mode === 0 ? rest : { ...rest, mode }),
  },
  {
    className: "SpatialDropout2D",
    present: "Dropout",
    arguments: ["rate", "data_format", "seed"],
    config: (config) => spatialDropout(config, [1, 1]),
  },
  {
    className: "SpatialDropout3D",
    present: "Dropout",
    arguments: ["rate", "data_format", "seed"],
    config: (config) => spatialDropout(config, [1, 1, 1]),
  },
];

const byClassName = new Map(equivalents.map((equivalent) => [equivalent.className, equivalent]));

/** A class and a configuration as Layers has them: itself, or what is the same. */
export function presentClass(
  className: string,
  config: JsonObject,
): { readonly className: string; readonly config: JsonObject } {
  const equivalent = byClassName.get(className);
  if (equivalent === undefined) return { className, config };
  return { className: equivalent.present, config: equivalent.config(config) };
}

/** The arguments of a class in Keras' order, by which a script gives those without names; undefined for one that Layers lacks. */
export function argumentNames(className: string): readonly string[] | undefined {
  const equivalent = byClassName.get(className);
  const present = findLayer(equivalent?.present ?? className);
  return equivalent?.arguments ?? present?.parameters.map(({ name }) => name);
}

/** Whole channels are dropped: the mask has one place for all places of a channel. */
function spatialDropout({ data_format: format, ...rest }: JsonObject, places: readonly number[]): JsonObject {
  const mask: JsonValue = format === "channels_first" ? [null, null, ...places] : [null, ...places, null];
  return { ...rest, noise_shape: mask };
}
