import { readKerasConfig } from "../../keras/read-keras-config.ts";
import type { ReadModel } from "../model-format.ts";
import type { WeightContainer } from "../../weights/weight-file.ts";
import type { FoundLayer, Sizes } from "./chain.ts";
import { createConstants } from "./constants.ts";
import { indexGraph } from "./graph-index.ts";
import { nameLayers } from "./layer-names.ts";
import type { GraphPart } from "./part-of-graph.ts";
import { otherFloats } from "./float-types.ts";
import { inputPlace } from "./input-place.ts";
import { withKnownFeatures } from "./known-features.ts";
import type { StoredGraph } from "./read-graph.ts";
import { walkChain } from "./walk-chain.ts";

/**
 * The layers of a graph that is a chain of them, as the Sequential that Keras would have saved: with its configuration, and
 * arrays in Keras' layout. Leaves with `fail` for anything else; an unsupported node is named with its operator and what to
 * do.
 */
export function readChain(
  graph: StoredGraph,
  { output, leftOut, labels }: Omit<GraphPart, "graph">,
  opset: number,
): Omit<ReadModel, "format"> {
  const { place, single, joined } = inputPlace(graph);
  const index = indexGraph(graph);
  const context = { index, constants: createConstants(index), opset, single };
  const walked = walkChain(place, output, context);
  const settled = withKnownFeatures(place, walked);
  const layers = settled === place ? walked : walkChain(settled, output, context);
  const root = describe(graph.name, settled.sizes, layers.length === 0 ? [nothing] : layers, otherFloats(index));
  return {
    root,
    leftOut: joined === undefined ? leftOut : [joined, ...leftOut],
    ...(labels === undefined ? {} : { labels }),
  };
}

/** For a graph that computes nothing: a model has a layer. */
const nothing: FoundLayer = { className: "Identity", config: {}, arrays: [], hints: [], source: "graph" };

function describe(
  name: string,
  sizes: Sizes,
  layers: readonly FoundLayer[],
  dtypes: readonly string[],
): WeightContainer {
  const names = nameLayers(layers);
  const input = { class_name: "InputLayer", config: { name: "input_layer", batch_shape: [null, ...sizes] } };
  const described = layers.map(({ className, config }, at) => ({
    class_name: className,
    config: { name: names[at] as string, ...config, ...(at < dtypes.length ? { dtype: dtypes[at] as string } : {}) },
  }));
  const keras = readKerasConfig({
    class_name: "Sequential",
    config: { name: isChosen(name) ? name : "sequential", layers: [input, ...described] },
  });
  return {
    kind: "container",
    name: keras.name,
    ordered: true,
    branched: false,
    keras,
    source: "graph",
    entries: (keras.layers ?? []).slice(1).map((layer, at) => {
      const { arrays, source } = layers[at] as FoundLayer;
      return {
        kind: "layer",
        name: layer.name,
        keras: layer,
        arrays: arrays.map((array) => ({ ...array, source: `${source}/${array.name}` })),
        source,
      };
    }),
  };
}

/** Graphs get names from exporters: `main_graph`, `tf2onnx`, `torch_jit`. */
function isChosen(name: string): boolean {
  return (
    name !== "" &&
    !/^(main_graph|main|torch[-_]?jit.*|tf2onnx.*|tf_graph|graph\w*|OnnxRewriter.*|[0-9a-f]{16,})$/i.test(name)
  );
}
