import type { Model, ModelLayer } from "../check/model.ts";
import type { Graph, Tensor } from "../ir/graph.ts";
import { describeLayer } from "./describe-layer.ts";
import { GrowingGraph } from "./growing-graph.ts";
import { weightPath } from "./model-info.ts";

/** States a checked model as tensor operations. Nested models are spelt out in place. */
export function lowerToGraph(model: Model): Graph {
  const graph = new GrowingGraph();
  const lowerLayers = (layers: readonly ModelLayer[], path: readonly string[], input: Tensor): Tensor =>
    layers.reduce((current, layer) => {
      const layerPath = [...path, layer.name];
      if (layer.kind === "nested") return lowerLayers(layer.model.layers, layerPath, current);
      return layer.definition.lower({
        config: layer.config,
        input: current,
        outputShape: layer.outputShape,
        graph: graph.builder({ path: layerPath, description: describeLayer(layer) }),
        weight(name) {
          const spec = layer.weights.find((weight) => weight.name === name);
          if (spec === undefined) throw new Error(`${layer.definition.className} has no weight '${name}'`);
          return { path: weightPath(layerPath, name), shape: spec.shape };
        },
        constant: (name, shape, values) => ({
          path: weightPath(layerPath, name),
          shape,
          values: Float64Array.from(values),
        }),
      });
    }, input);

  const input = graph.tensor(model.inputShape);
  const output = lowerLayers(model.layers, [], input);
  return { name: model.name, input, output, operations: graph.operations };
}
