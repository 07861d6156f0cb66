import { findActivation } from "../activations/index.ts";
import type { ActivationDefinition } from "../activations/definition.ts";
import type { JsonObject } from "../files/json.ts";
import { constraints } from "../layers/keras-objects/constraints.ts";
import type { KerasObjectDefinition } from "../layers/keras-objects/definition.ts";
import { initializers } from "../layers/keras-objects/initializers.ts";
import { regularizers } from "../layers/keras-objects/regularizers.ts";
import { findLayer } from "../layers/index.ts";
import { losses } from "../training/losses/index.ts";
import { metrics } from "../training/metrics/index.ts";
import { optimizers } from "../training/optimizers/index.ts";
import { schedules } from "../training/schedules/index.ts";

/** What a path of a library names, as far as models are made of it. */
export type LibraryItem =
  | { readonly kind: "sequential" | "model" | "input" | "input-layer" }
  | { readonly kind: "layer"; readonly className: string }
  /** `layers.add([a, b])`: a class of layers, made and applied at once. */
  | { readonly kind: "applied-layer"; readonly className: string }
  | { readonly kind: "activation"; readonly definition: ActivationDefinition; readonly presets: JsonObject }
  | { readonly kind: "object"; readonly definition: KerasObjectDefinition }
  /** `keras.activations.get("relu")` and the like: what it is given. */
  | { readonly kind: "get" }
  /** A module of PyTorch: `Linear`, or its own `Sequential`. */
  | { readonly kind: "torch"; readonly name: string }
  /** What reads a model from a file. */
  | { readonly kind: "load" }
  | { readonly kind: "other" };

/** The ways in which Keras is imported; what follows is a path within it. */
const kerasPrefix =
  /^(?:tensorflow(?:\.python|\.compat\.v[12]|_core)?\.keras|tf_keras|keras)(?:\.(?:src|api|_v[12]|_tf_keras|keras))*(?:\.|$)/;

/** The words of a path within Keras: `layers` and `Dense`; undefined for a path of something else. */
export function kerasWords(path: string): readonly string[] | undefined {
  const prefix = kerasPrefix.exec(path)?.[0];
  return prefix === undefined ? undefined : path.slice(prefix.length).split(".");
}

/** What a path names: `tensorflow.keras.layers.Dense`. */
export function libraryItem(path: string): LibraryItem {
  const within = kerasWords(path);
  if (within !== undefined) return kerasItem(within);
  const module = /^torch\.nn\.(?:[a-z]\w*\.)*([A-Z]\w*)$/.exec(path)?.[1];
  if (module !== undefined && module !== "Module") return { kind: "torch", name: module };
  if (!path.startsWith("tensorflow.")) return other;
  const words = path.split(".");
  const last = words.at(-1) as string;
  const initializer = /^(\w+)_initializer$/.exec(last)?.[1];
  if (words[1] === "initializers" || initializer !== undefined) return objectItem(initializers, initializer ?? last);
  return words.length === 2 || words[1] === "nn" || words[1] === "math" ? activationItem(last) : other;
}

const other: LibraryItem = { kind: "other" };

const objects: ReadonlyMap<string, readonly KerasObjectDefinition[]> = new Map<
  string,
  readonly KerasObjectDefinition[]
>([
  ["initializers", initializers],
  ["regularizers", regularizers],
  ["constraints", constraints],
  ["optimizers", [...optimizers, ...schedules]],
  ["losses", losses],
  ["metrics", metrics],
]);

/** Merging layers as functions. */
const mergers: ReadonlySet<string> = new Set(
  "add subtract multiply average maximum minimum concatenate dot".split(" "),
);

function kerasItem(words: readonly string[]): LibraryItem {
  const [module = "", ...inner] = words;
  const last = words.at(-1) ?? "";
  switch (last) {
    case "Sequential":
      return { kind: "sequential" };
    case "Model":
    case "Functional":
      return { kind: "model" };
    case "Input":
      return { kind: "input" };
    case "InputLayer":
      return { kind: "input-layer" };
    case "load_model":
    case "model_from_json":
    case "clone_model":
      return { kind: "load" };
  }
  if (inner.length === 0) return other;
  const definitions = objects.get(module);
  if (definitions !== undefined) return last === "get" ? { kind: "get" } : objectItem(definitions, last);
  switch (module) {
    case "layers":
      if (mergers.has(last)) return { kind: "applied-layer", className: last.charAt(0).toUpperCase() + last.slice(1) };
      return /^[A-Z]/.test(last) ? { kind: "layer", className: last } : other;
    case "activations":
      return last === "get" ? { kind: "get" } : activationItem(last);
    case "ops":
      // The operation is the approximation where the activation is exact.
      return activationItem(last, last === "gelu" ? { approximate: true } : {});
    case "backend":
      return activationItem(last);
    default:
      return other;
  }
}

/** The method that `keras.Model.compile` names, which is given the model as its first argument. */
export function methodOf(path: string): string | undefined {
  return kerasWords(path) === undefined ? undefined : /(?:^|\.)(?:Model|Sequential|Functional)\.(\w+)$/.exec(path)?.[1];
}

function activationItem(name: string, presets: JsonObject = {}): LibraryItem {
  const definition = findActivation(name);
  return definition === undefined ? other : { kind: "activation", definition, presets };
}

function objectItem(definitions: readonly KerasObjectDefinition[], name: string): LibraryItem {
  const definition = definitions.find(
    ({ identifier, className, aliases = [] }) => identifier === name || className === name || aliases.includes(name),
  );
  return definition === undefined ? other : { kind: "object", definition };
}

/** What names stand for in a part of a script that was copied without its imports. */
const usual: ReadonlyMap<string, string> = new Map([
  ["tf", "tensorflow"],
  ["tensorflow", "tensorflow"],
  ["keras", "keras"],
  ["K", "keras.backend"],
  ["np", "numpy"],
  ["numpy", "numpy"],
  ["math", "math"],
  ["pd", "pandas"],
  ["plt", "matplotlib.pyplot"],
  ["os", "os"],
  ["tfjs", "tensorflowjs"],
  ["torch", "torch"],
  ["nn", "torch.nn"],
  ...["Sequential", "Model", "Input"].map((name) => [name, `keras.${name}`] as const),
  ["InputLayer", "keras.layers.InputLayer"],
  ["load_model", "keras.models.load_model"],
  ...[
    "layers",
    "models",
    "activations",
    "initializers",
    "regularizers",
    "constraints",
    "optimizers",
    "losses",
    "metrics",
  ].map((name) => [name, `keras.${name}`] as const),
]);

/** Layers of Keras that Layers does not have. */
const otherLayers =
  /^(?:(?:Separable|Depthwise)?Conv[123]D\w*|(?:Global)?(?:Max|Average)Pooling[123]D|UpSampling[123]D|ZeroPadding[123]D|Cropping[123]D|LSTM|GRU|SimpleRNN|RNN|Bidirectional|Lambda|Masking|\w*Attention|Add|Subtract|Multiply|Average|Maximum|Minimum|Concatenate|Dot|ThresholdedReLU|SpatialDropout[23]D)$/;

/**
 * The path that a name stands for which the script neither imports nor gives a value to; `everything` where it imports all
 * names of Keras' layers.
 */
export function usualPath(name: string, everything: boolean): string | undefined {
  const path = usual.get(name);
  if (path !== undefined) return path;
  for (const [module, definitions] of objects) {
    // Those of layers are named by their modules.
    const isOfTraining = module === "optimizers" || module === "losses" || module === "metrics";
    if (isOfTraining && definitions.some(({ className }) => className === name)) return `keras.${module}.${name}`;
  }
  const isLayer = findLayer(name) !== undefined || otherLayers.test(name) || (everything && /^[A-Z][a-z]/.test(name));
  return isLayer ? `keras.layers.${name}` : undefined;
}

/** Packages whose functions add nothing to a model that they are given. */
const harmless = new Set(
  `torch keras tf_keras tensorflow tensorflowjs tensorflow_datasets numpy pandas matplotlib seaborn sklearn scikeras scipy onnx tf2onnx
  onnxmltools keras2onnx netron visualkeras wandb mlflow shap lime eli5 joblib pickle json os sys time random math pprint logging
  tqdm h5py PIL cv2 coremltools pathlib shutil warnings gc copy IPython builtins`.split(/\s+/),
);

/** Whether a call of what a path names leaves the layers of a model as they are. */
export function isHarmless(path: string): boolean {
  return harmless.has(path.split(".", 1)[0] as string);
}
