import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../files/json.ts";
import { maxDepth } from "../files/limits.ts";

/** What a file was written for: words of its configuration mean what they mean there. */
export type Producer = "keras-3" | "keras-2" | "tfjs";

/**
 * By the `keras_version` that a file names, which is `tfjs-layers 4.22.0` where TensorFlow.js has written it: what a converter
 * made of a model of Keras means what it means there. Keras 1 means what Keras 2 means.
 */
export function producerOf(version: string | undefined, unnamed: Producer = "keras-3"): Producer {
  if (version === undefined) return unnamed;
  if (version.startsWith("tfjs")) return "tfjs";
  return /^[012]\./.test(version) ? "keras-2" : "keras-3";
}

/** An activation as Keras 3 writes one with arguments. */
function activation(name: string, config: JsonObject): JsonObject {
  return { class_name: name, config };
}

/**
 * Activations that mean another function than in Keras 3, by producer (keras/activations.py of Keras 2.15,
 * tfjs-layers/src/activations.ts 4.22).
 */
const meanings: Readonly<Record<Producer, Readonly<Record<string, JsonValue>>>> = {
  "keras-3": {},
  "keras-2": {
    // clip(0.2 * x + 0.5, 0, 1); the slope is 1 / 6 in Keras 3.
    hard_sigmoid: activation("hard_sigmoid", { slope: 0.2 }),
    // The name that tf.keras had for it.
    softmax_v2: "softmax",
  },
  tfjs: {
    hard_sigmoid: activation("hard_sigmoid", { slope: 0.2 }),
    softmax_v2: "softmax",
    // Its gelu is the exact one, this the approximation with tanh.
    gelu_new: activation("gelu", { approximate: true }),
  },
};

/**
 * Arguments that have another default than in Keras 3, by producer and class (tfjs-layers/src/layers/advanced_activations.ts
 * 4.22): the first axis behind that of the batch.
 */
const defaults: Readonly<Record<Producer, Readonly<Record<string, JsonObject>>>> = {
  "keras-3": {},
  "keras-2": {},
  tfjs: { Softmax: { axis: 1 } },
};

/** The arguments of layers that hold an activation. */
const isActivationKey = (key: string): boolean => key === "activation" || key === "recurrent_activation";

/** A configuration in the words of Keras 3. */
export function inTodaysWords(config: JsonValue, producer: Producer): JsonValue {
  const words = new Map(Object.entries(meanings[producer]));
  const presets = new Map(Object.entries(defaults[producer]));
  return words.size === 0 ? config : rewrite(config, { words, presets }, 0);
}

/** What differs from Keras 3: words for activations, and defaults of classes. */
interface Differences {
  readonly words: ReadonlyMap<string, JsonValue>;
  readonly presets: ReadonlyMap<string, JsonObject>;
}

function rewrite(value: JsonValue, different: Differences, depth: number): JsonValue {
  // Deeper than what is read of it.
  if (depth > 8 * maxDepth) return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => rewrite(item, different, depth + 1));
  if (!isObject(value)) return value;
  const preset = different.presets.get(ownString(value, "class_name") ?? "");
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      (isActivationKey(key) ? wordOf(item, different.words) : undefined) ??
        rewrite(
          key === "config" && isObject(item) ? { ...preset, ...item } : (item as JsonValue),
          different,
          depth + 1,
        ),
    ]),
  );
}

/** An activation by its name, alone or as an object without arguments. */
function wordOf(value: JsonValue | undefined, words: ReadonlyMap<string, JsonValue>): JsonValue | undefined {
  if (typeof value === "string") return words.get(value);
  if (value === undefined || !isObject(value)) return undefined;
  const name = ownString(value, "class_name");
  return name === "function" ? wordOf(ownValue(value, "config"), words) : words.get(name ?? "");
}
