import type { Model, ModelLayer } from "../check/model.ts";
import type { Tensor } from "../ir/graph.ts";
import type { StepTensor } from "../ir/step-graph.ts";
import { trainLayer } from "../layers/train-layer.ts";
import { describeLayer } from "../lower/describe-layer.ts";
import { weightPath } from "../lower/model-info.ts";
import { stepTensor, type GrowingStep } from "./growing-step.ts";
import { stepBuilder } from "./step-builder.ts";

/** Appends a model's layers to a step, as they are in training or outside of it. */
export function forwardPass(model: Model, step: GrowingStep, input: StepTensor, isTraining: boolean): StepTensor {
  const through = (layers: readonly ModelLayer[], path: readonly string[], start: Tensor, isTrained: boolean): Tensor =>
    layers.reduce((current, layer) => {
      const layerPath = [...path, layer.name];
      const trainable = isTrained && layer.trainable;
      if (layer.kind === "nested") return through(layer.model.layers, layerPath, current, trainable);
      const { definition, config, outputShape, weights } = layer;
      const output = trainLayer(definition, {
        config,
        input: current,
        outputShape,
        graph: stepBuilder(step, [{ path: layerPath, description: describeLayer(layer) }]),
        weight: (name: string) => {
          const spec = weights.find((weight) => weight.name === name);
          if (spec === undefined) throw new Error(`${definition.className} has no weight '${name}'`);
          return { path: weightPath(layerPath, name), shape: spec.shape };
        },
        constant: (name: string, shape: readonly number[], values: readonly number[]) => ({
          path: weightPath(layerPath, name),
          shape,
          values: Float64Array.from(values),
        }),
        isTraining,
        trainable,
      });
      return { ...output, shape: outputShape };
    }, start);
  return stepTensor(through(model.layers, [], input, true));
}
