import { elementTypes } from "../../exporters/onnx/fields.ts";
import { readKerasConfig } from "../../keras/keras-config.ts";
import { maxFileBytes } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import type { ReadModel } from "../model-format.ts";
import type { WeightContainer } from "../../weights/weight-file.ts";
import type { FoundLayer, Sizes } from "./chain.ts";
import { createConstants } from "./constants.ts";
import { indexGraph } from "./graph-index.ts";
import { withExternalData, type ReadBeside } from "./external-data.ts";
import { checkAttributes } from "./known-attributes.ts";
import { nameLayers } from "./layer-names.ts";
import { partOfGraph } from "./part-of-graph.ts";
import { readGraph, type StoredGraph, type StoredValue } from "./read-graph.ts";
import { walkChain } from "./walk-chain.ts";

/**
 * Reads an ONNX model whose graph is a chain of layers, as the Sequential that Keras would have saved: with its
 * configuration, and arrays in Keras' layout: up to its output, or the tensor or node called `wanted`. Leaves with `fail` for
 * anything else; an unsupported node is named with its operator and what to do.
 */
export async function readOnnx(
  bytes: Uint8Array,
  wanted: string | undefined,
  readBeside: ReadBeside,
): Promise<Omit<ReadModel, "format">> {
  if (bytes.length > maxFileBytes) fail("too-large", `it has more than ${maxFileBytes} bytes`);
  if (bytes.length === 0) fail("damaged", "it is empty");
  const { graph: whole, opset } = readGraph(bytes);
  const { graph: part, output, leftOut, labels } = partOfGraph(whole, wanted);
  checkAttributes(part, opset);
  const graph = await withExternalData(part, readBeside);
  const input = onlyInput(graph);
  const index = indexGraph(graph);
  const sizes = inputSizes(input);
  const layers = walkChain(input.name, sizes, output, { index, constants: createConstants(index), opset });
  const root = describe(graph.name, sizes, layers.length === 0 ? [nothing] : layers);
  return { root, leftOut, ...(labels === undefined ? {} : { labels }) };
}

/** For a graph that computes nothing: a model has a layer. */
const nothing: FoundLayer = { className: "Identity", config: {}, arrays: [], hints: [], source: "graph" };

/** Old exporters list arrays among the inputs, too. */
function onlyInput(graph: StoredGraph): StoredValue {
  const inputs = graph.inputs.filter(({ name }) => !graph.initializers.has(name));
  const [input] = inputs;
  if (input === undefined || inputs.length > 1) {
    return fail("unsupported", `its graph has ${inputs.length} inputs; a model of Layers has one`);
  }
  return input;
}

const numberTypes: ReadonlySet<number> = new Set([
  elementTypes.float,
  elementTypes.double,
  elementTypes.float16,
  elementTypes.bfloat16,
  elementTypes.int32,
  elementTypes.int64,
]);

/** Without the batch axis. */
function inputSizes({ name, shape, elementType }: StoredValue): Sizes {
  if (!numberTypes.has(elementType)) fail("unsupported", `its input '${name}' holds no numbers of a usual kind`);
  if (shape === undefined) return fail("unsupported", `its input '${name}' has no shape; export it with one`);
  const [first] = shape;
  // One axis of a fixed size is a sample; of any size, or of one, a batch of numbers.
  if (first === undefined || (shape.length === 1 && first !== null && first !== 1)) {
    const found = `its input '${name}' of the shape [${shape.map((size) => size ?? "?").join(", ")}] has no batch axis`;
    return fail("unsupported", `${found}; export the model for inputs [batch, ...]`);
  }
  return shape.slice(1);
}

function describe(name: string, sizes: Sizes, layers: readonly FoundLayer[]): WeightContainer {
  const names = nameLayers(layers);
  const input = { class_name: "InputLayer", config: { name: "input_layer", batch_shape: [null, ...sizes] } };
  const described = layers.map(({ className, config }, at) => ({
    class_name: className,
    config: { name: names[at] as string, ...config },
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
