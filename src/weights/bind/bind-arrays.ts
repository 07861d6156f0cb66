import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, RelatedPlace } from "../../diagnostics/diagnostic.ts";
import type { LayerInstance } from "../../check/model.ts";
import type { WeightSpec } from "../../layers/definition.ts";
import { shorten } from "../../files/shorten.ts";
import { fromTorch, isTorchLayer } from "../torch-names.ts";
import type { WeightArray } from "../../files/weight-array.ts";
import type { WeightLayer } from "../weight-file.ts";
import { describeEntry, describeLayer, listAll } from "./describe.ts";
import { isQuantised, weightQuantised } from "./quantised.ts";
import { atLayer, type BindPlace } from "./place.ts";

export const weightArraysMismatch = defineDiagnostic(
  "weight-arrays-mismatch",
  "error",
  "A layer of a weight file has other arrays than the layer of the model.",
  (at: { layer: string; expected: string; entry: string; found: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.layer} needs ${at.expected}, the file's ${at.entry} has ${at.found}`,
    related: at.related,
  }),
  () => ({
    meaning:
      "The layer has other arrays in the file than in the model, so one of its arguments differs: use_bias, center or scale, most often.",
    example: {
      kind: "situation",
      text: "The model has hidden: Dense(32); in the file the layer was made with use_bias=False.",
      arguments: {
        layer: "Dense 'hidden'",
        expected: "kernel and bias",
        entry: "Dense 'hidden'",
        found: "kernel",
        related: [],
      },
      mended: "hidden: Dense(32, use_bias=false)",
    },
  }),
);

export const weightShapeMismatch = defineDiagnostic(
  "weight-shape-mismatch",
  "error",
  "An array of a weight file has another shape than the layer needs.",
  (at: {
    layer: string;
    spec: WeightSpec;
    entry: string;
    array: WeightArray;
    help: string | undefined;
    related: readonly RelatedPlace[];
  }) => {
    const help = at.help ?? transposedHelp(at.spec, at.array);
    return {
      message:
        `The ${at.spec.name} of ${at.layer} needs the shape ${shapeText(at.spec.shape)}, ` +
        `found ${shapeText(at.array.shape)} in '${shorten(at.array.source)}' of the file's ${at.entry}`,
      related: at.related,
      ...(help === undefined ? {} : { help }),
    };
  },
  () => ({
    meaning:
      "The array of the file has another shape than the layer of the model needs: the file was saved from a layer with other units or another input.",
    example: {
      kind: "situation",
      text: "The model has input [64] hidden: Dense(32); the kernel in the file is that of a layer with 16 units.",
      arguments: {
        layer: "Dense 'hidden'",
        spec: { name: "kernel", shape: [64, 32], trainable: true },
        entry: "Dense 'hidden'",
        array: { name: "kernel", shape: [64, 16], data: new Float32Array(), source: "hidden/kernel" },
        help: undefined,
        related: [],
      },
      mended: "hidden: Dense(16)",
    },
  }),
);

export const weightNotFinite = defineDiagnostic(
  "weight-not-finite",
  "warning",
  "A weight file has NaN or infinite values.",
  (at: { array: WeightArray; count: number; layer: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.count} of the ${at.array.data.length} values in '${shorten(at.array.source)}' of ${at.layer} ${at.count === 1 ? "is" : "are"} NaN or infinite as float32`,
    help: "the training has probably diverged",
    related: at.related,
  }),
  () => ({
    meaning:
      "The file holds values that are no numbers, or infinite as float32. The model compiles and gives NaN for most inputs; the training has probably diverged.",
    example: {
      kind: "situation",
      text: "The training of a model ran with too large a learning rate, and two of its biases are NaN.",
      arguments: {
        array: { name: "bias", shape: [10], data: new Float32Array(10), source: "out/bias" },
        count: 2,
        layer: "Dense 'out'",
        related: [],
      },
      mended: "The model is trained with a smaller learning rate.",
    },
  }),
);

const torchHelp = "a 'weight' is read as PyTorch keeps it, [outputs, inputs], and is shown turned around";

function shapeText(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

function transposedHelp(spec: WeightSpec, array: WeightArray): string | undefined {
  const transposed = spec.shape.length === 2 && shapeText([...spec.shape].reverse()) === shapeText(array.shape);
  return transposed ? "it looks transposed: Keras keeps a kernel as [inputs, units]" : undefined;
}

/** The arrays of one layer, by the name of the weight, or what is wrong with them (the first mismatch only). */
export function bindArrays(
  layer: LayerInstance,
  entry: WeightLayer,
  place: BindPlace,
  help: string | undefined,
  report: (diagnostic: Diagnostic) => void,
): ReadonlyMap<string, Float32Array> | undefined {
  const { span, related } = atLayer(layer, place);
  if (isQuantised(entry)) {
    report(weightQuantised(span, { layer: describeLayer(layer), entry: describeEntry(entry), related }));
    return undefined;
  }
  const named = isTorchLayer(entry) ? fromTorch(layer.weights, entry.arrays) : entry.arrays;
  const arrays = matchArrays(layer.weights, named);
  if (arrays === undefined) {
    const expected = listAll(layer.weights.map((spec) => `${spec.name} ${shapeText(spec.shape)}`));
    const found = listAll(entry.arrays.map((array) => `'${shorten(array.source)}' ${shapeText(array.shape)}`));
    report(
      weightArraysMismatch(span, {
        layer: describeLayer(layer),
        expected,
        entry: describeEntry(entry),
        found,
        related,
      }),
    );
    return undefined;
  }
  for (const [spec, array] of arrays) {
    if (shapeText(spec.shape) === shapeText(array.shape)) continue;
    report(
      weightShapeMismatch(span, {
        layer: describeLayer(layer),
        spec,
        entry: describeEntry(entry),
        array,
        help: help ?? (isTorchLayer(entry) && spec.name === "kernel" ? torchHelp : undefined),
        related,
      }),
    );
    return undefined;
  }
  for (const [, array] of arrays) {
    const count = array.data.reduce((sum, value) => (Number.isFinite(value) ? sum : sum + 1), 0);
    if (count > 0) report(weightNotFinite(span, { array, count, layer: describeLayer(layer), related }));
  }
  return new Map(arrays.map(([spec, array]) => [spec.name, array.data]));
}

/** The weights of a wrapped layer have its class before theirs (`dense/kernel`); files have its name there, or nothing. */
function isNamed(array: WeightArray, spec: WeightSpec): boolean {
  if (array.name === spec.name) return true;
  return spec.name.includes("/") && spec.name.split("/").at(-1) === array.name?.split("/").at(-1);
}

/** By name, or by position where the format only counts; `undefined` where one side has more than the other. */
function matchArrays(
  specs: readonly WeightSpec[],
  arrays: readonly WeightArray[],
): readonly (readonly [WeightSpec, WeightArray])[] | undefined {
  if (specs.length !== arrays.length) return undefined;
  const pairs: (readonly [WeightSpec, WeightArray])[] = [];
  for (const [index, spec] of specs.entries()) {
    const positional = arrays.every((array) => array.name === undefined);
    const array = positional ? arrays[index] : arrays.find((candidate) => isNamed(candidate, spec));
    if (array === undefined) return undefined;
    pairs.push([spec, array]);
  }
  return pairs;
}
