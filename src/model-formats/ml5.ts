import { isObject, ownValue, parseJson, type JsonObject, type JsonValue } from "../files/json.ts";
import { failureOf } from "../files/read-failure.ts";
import { isInput, type KerasConfig } from "../keras/keras-config.ts";
import type { WeightContainer, WeightEntry } from "../weights/weight-file.ts";
import type { ImportChoice, ReadModel } from "./model-format.ts";
import type { ReadPart } from "../weights/readers/shards.ts";

/** The file in which ml5 keeps what it does around the `model.json` that it saves. */
const ml5File = "model_meta.json";

/**
 * A model with what `ml5.neuralNetwork` has saved beside it (src/NeuralNetwork of ml5 0.12 and 1.3): with `isNormalized` each
 * number of the input becomes `(value - min) / (max - min)`, 0 where both are equal, and each output of a regression
 * `value * (max - min) + min`; a class is the place of the one in its legend. The model as it is where nothing lies there, or
 * something else.
 */
export async function withMl5(model: ReadModel, read: ReadPart, choice: ImportChoice): Promise<ReadModel> {
  const { keras } = model.root;
  const bytes = keras === undefined || keras.branched ? undefined : await read(ml5File);
  const meta = bytes === undefined ? undefined : parsed(bytes);
  if (keras === undefined || meta === undefined) return model;
  const inputs = objectsIn(ownValue(meta, "inputs"));
  const outputs = objectsIn(ownValue(meta, "outputs"));
  const [first] = outputs;
  const shape = inputShape(keras);
  if (inputs.length === 0 || first === undefined || shape === undefined) return model;
  const normalized = ownValue(meta, "isNormalized") === true;
  const whole = choice.output === undefined;
  const labels = whole ? labelsOf(first) : undefined;
  const isImage = shape.length > 2;
  const ranges = (isImage ? inputs.slice(0, 1) : inputs).flatMap(rangesOf);
  if (!isImage && ranges.length !== shape.at(-1)) {
    const what = `'${ml5File}' of ml5 beside it is of a model with ${ranges.length} inputs`;
    return { ...model, leftOut: [...(model.leftOut ?? []), what] };
  }
  const before = normalized ? rescaling("normalize", ranges.map(toUnit), isImage, shape) : undefined;
  const isRegression = normalized && whole && labels === undefined;
  const after = isRegression ? rescaling("unnormalize", outputs.flatMap(rangesOf).map(fromUnit), false) : undefined;
  const told = [
    ...(before === undefined ? [] : [`the inputs are scaled from their ranges by '${before.name}'`]),
    ...(after === undefined ? [] : [`the outputs are scaled to theirs by '${after.name}'`]),
    ...(labels === undefined ? [] : ["the labels are its classes"]),
  ];
  if (told.length === 0) return model;
  return {
    ...model,
    root: surrounded(model.root, keras, before, after),
    ...(labels === undefined ? {} : { labels }),
    carriedOver: `'${ml5File}' of ml5 beside it says: ${told.join(", ")}`,
  };
}

function surrounded(
  root: WeightContainer,
  keras: KerasConfig,
  before: KerasConfig | undefined,
  after: KerasConfig | undefined,
): WeightContainer {
  const layers = keras.layers ?? [];
  const at = layers.findLastIndex(isInput) + 1;
  const put = <Item>(items: readonly Item[], make: (layer: KerasConfig) => Item): readonly Item[] => [
    ...items.slice(0, at),
    ...(before === undefined ? [] : [make(before)]),
    ...items.slice(at),
    ...(after === undefined ? [] : [make(after)]),
  ];
  const entry = (layer: KerasConfig): WeightEntry => {
    return { kind: "layer", name: layer.name, keras: layer, arrays: [], source: ml5File };
  };
  return {
    ...root,
    keras: { ...keras, layers: put(layers, (layer) => layer) },
    entries: put(root.entries, entry),
  };
}

/** The shape of the input with the batch axis, as TensorFlow.js writes it. */
function inputShape({ layers }: KerasConfig): readonly JsonValue[] | undefined {
  const config = layers?.[0]?.config;
  const shape = ownValue(config, "batch_input_shape") ?? ownValue(config, "batch_shape");
  return Array.isArray(shape) ? (shape as readonly JsonValue[]) : undefined;
}

function parsed(bytes: Uint8Array): JsonObject | undefined {
  try {
    const json = parseJson(bytes, ml5File);
    return isObject(json) ? json : undefined;
  } catch (error) {
    // A file of that name that somebody else has written.
    if (failureOf(error) === undefined) throw error;
    return undefined;
  }
}

/** The values of an object, in the order in which ml5 goes through them, which is that of JavaScript's keys. */
function objectsIn(json: JsonValue | undefined): readonly JsonObject[] {
  return isObject(json) ? Object.values(json).filter(isObject) : [];
}

/** A range; none for what is encoded by its legend, which is not normalised. */
type Range = { readonly min: number; readonly max: number } | undefined;

function rangesOf(item: JsonObject): readonly Range[] {
  const legend = ownValue(item, "legend");
  const [code] = isObject(legend) ? Object.values(legend) : [];
  if (Array.isArray(code)) return code.map(() => undefined);
  const [min, max] = [ownValue(item, "min"), ownValue(item, "max")];
  return [typeof min === "number" && typeof max === "number" ? { min, max } : undefined];
}

type Affine = readonly [scale: number, offset: number];

function toUnit(range: Range): Affine {
  if (range === undefined) return [1, 0];
  const { min, max } = range;
  return min === max ? [0, 0] : [1 / (max - min), -min / (max - min)];
}

function fromUnit(range: Range): Affine {
  return range === undefined ? [1, 0] : [range.max - range.min, range.min];
}

function rescaling(
  name: string,
  values: readonly Affine[],
  shared: boolean,
  shape?: readonly JsonValue[],
): KerasConfig | undefined {
  if (values.every(([scale, offset]) => scale === 1 && offset === 0)) return undefined;
  const [scales, offsets] = [values.map(([scale]) => scale), values.map(([, offset]) => offset)];
  const config: JsonObject = {
    name,
    ...(shape === undefined ? {} : { batch_input_shape: shape }),
    scale: shared ? (scales[0] ?? 1) : scales,
    offset: shared ? (offsets[0] ?? 0) : offsets,
  };
  return { className: "Rescaling", name, config, node: { class_name: "Rescaling", config }, branched: false };
}

/** The classes in the order of the outputs: ml5 sorts them by the place of the one in their codes. */
function labelsOf(output: JsonObject): readonly string[] | undefined {
  const legend = ownValue(output, "legend");
  if (!isObject(legend)) return undefined;
  const places = Object.entries(legend).map(([label, code]) => ({
    label,
    at: Array.isArray(code) ? (code as readonly JsonValue[]).indexOf(1) : -1,
  }));
  const labels = places.toSorted((a, b) => a.at - b.at);
  return labels.length > 0 && labels.every(({ at }, index) => at === index)
    ? labels.map(({ label }) => label)
    : undefined;
}
