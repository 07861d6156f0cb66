import type { Model } from "../../check/model.ts";
import type { Shape } from "../../ir/shape.ts";
import { isStatic, formatSize } from "../../ir/size.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { lowerToGraph } from "../../lower/model-to-graph.ts";
import type { Operation } from "../../ir/graph.ts";
import { quantizedOperations } from "../../passes/graph/quantize-kernels.ts";
import { createGraphWriter } from "./graph-writer.ts";
import { operationNodes } from "./operations/index.ts";
import { writeOnnx } from "./write-onnx.ts";

/** What an ONNX file computes dense layers in. */
export type ExportPrecision = "float32" | "int8";

/**
 * A model as an ONNX file: one graph from `input` to `output`, nested models spelt out, the batch axis first and of any
 * size. `arrays` has all weights of the model; `version` is layerc's. With `int8` large dense layers are those that onnxruntime's
 * dynamic quantisation makes of them. Labels become the metadata `labels`, a JSON list.
 */
export function exportOnnx(
  model: Model,
  arrays: WeightArrays,
  version: string,
  precision: ExportPrecision = "float32",
): Uint8Array {
  const graph = lowerToGraph(model);
  const integers: ReadonlySet<Operation> = precision === "int8" ? quantizedOperations(graph) : new Set();
  const input = { name: "input", shape: withBatch(model.inputShape, model.dims) };
  const output = { name: "output", shape: withBatch(model.outputShape, model.dims) };
  const writer = createGraphWriter(arrays);
  const graphInput = { name: input.name, shape: model.inputShape };
  const names = new Map([[graph.input.id, input.name]]);
  for (const operation of graph.operations) {
    const [{ id, shape }] = operation.inputs;
    const tensor = { name: names.get(id) as string, shape };
    const layer = writer.forLayer(operation.origins[0]?.path ?? []);
    names.set(
      operation.output.id,
      operationNodes(operation, { tensor, writer: layer, graphInput, inIntegers: integers.has(operation) }),
    );
  }
  let result = names.get(graph.output.id) as string;
  // A model that does nothing still needs a node between its input and its output.
  if (result === input.name) result = writer.forLayer([model.exportName]).node("Identity", [result]);
  return writeOnnx({
    producerVersion: version,
    graph: {
      name: model.name,
      ...(model.doc === undefined ? {} : { documentation: model.doc }),
      ...writer.finish(result, output.name),
      input,
      output,
    },
    metadata: model.labels === undefined ? {} : { labels: JSON.stringify(model.labels) },
  });
}

function withBatch(shape: Shape, dims: readonly string[]): readonly (number | string)[] {
  let batch = "batch";
  while (dims.includes(batch)) batch += "_size";
  return [batch, ...shape.map((size) => (isStatic(size) ? size.factor : formatSize(size)))];
}
