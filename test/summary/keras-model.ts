import type { Model, ModelLayer } from "../../src/check/model.ts";
import type { LayerDefinition, WeightSpec } from "../../src/layers/definition.ts";
import { staticSize } from "../../src/ir/size.ts";

/** A layer as `test/fixtures/keras/models/NAME/case.json` records it. */
export interface RecordedLayer {
  readonly name: string;
  readonly class_name: string;
  /** Default true. */
  readonly trainable?: boolean;
  readonly output_shape: readonly (number | null)[];
  readonly weights: readonly {
    readonly path: string;
    readonly shape: readonly number[];
    readonly trainable: boolean;
  }[];
  readonly layers?: readonly RecordedLayer[];
}

const span = { file: "recorded.layers", start: 0, end: 0 };

/** Builds the checked model that a recorded Keras model corresponds to, as far as a summary looks at it. */
export function modelFromRecord(name: string, layers: readonly RecordedLayer[]): Model {
  return {
    kind: "model",
    name,
    exportName: name,
    file: span.file,
    nameSpan: span,
    inputShape: [],
    inputSpan: span,
    outputShape: [],
    dims: [],
    layers: layers.map(layerFromRecord),
  };
}

function layerFromRecord(layer: RecordedLayer): ModelLayer {
  const base = {
    name: layer.name,
    named: true,
    trainable: layer.trainable ?? true,
    span,
    inputShape: [],
    outputShape: layer.output_shape.slice(1).map((axis) => staticSize(axis as number)),
  };
  if (layer.layers !== undefined) {
    return { ...base, kind: "nested", model: modelFromRecord(layer.name, layer.layers) };
  }
  return {
    ...base,
    kind: "layer",
    definition: { className: layer.class_name, parameters: [] as LayerDefinition["parameters"] } as LayerDefinition,
    config: {},
    weights: layer.weights.map((weight): WeightSpec => ({ ...weight, name: weight.path })),
  };
}
