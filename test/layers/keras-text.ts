/** A layer in a Keras config (`model.to_json()`). */
export interface KerasLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

interface Serialized {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What Keras keeps in every layer's config, and what has no counterpart in the language. */
const general = new Set(["name", "trainable", "dtype", "quantization_config"]);

/** A Sequential model of Keras as a `.layers` file; explicit names only where Keras' automatic ones differ. */
export function modelText(name: string, layers: readonly KerasLayer[], names: ReadonlyMap<string, string>): string {
  const lines = layers.map((layer) => {
    if (layer.class_name === "InputLayer") return `input ${text((layer.config["batch_shape"] as unknown[]).slice(1))}`;
    const label = names.get(layer.config["name"] as string);
    return `${label === undefined ? "" : `${label}: `}${layerText(layer)}`;
  });
  return `model ${name} {\n  ${lines.join("\n  ")}\n}`;
}

/** A call with every argument of a Keras config, by name. */
export function layerText({ class_name, config }: KerasLayer): string {
  const args = Object.entries(config).filter(([key]) => !general.has(key));
  return `${class_name}(${args.map(([key, value]) => `${key}=${text(value)}`).join(", ")})`;
}

/** A value of a Keras config as the language writes it. */
export function text(value: unknown): string {
  if (value === null) return "none";
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "string") return String(value);
  if (Array.isArray(value)) return `[${value.map(text).join(", ")}]`;
  const { class_name, config } = value as Serialized;
  const args = Object.entries(config).map(([key, argument]) => `${key}=${text(argument)}`);
  return `${class_name}(${args.join(", ")})`;
}
