import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../../files/json.ts";
import { fail } from "../../files/read-failure.ts";
import type { Host } from "../../load/host.ts";
import type { ReadModel } from "../model-format.ts";
import { partOfGraph } from "../onnx/part-of-graph.ts";
import { readChain } from "../onnx/read-chain.ts";
import { readManifest } from "../read-tfjs.ts";
import { toGraph } from "./to-graph.ts";

/** Whether the JSON of a model.json is a graph-model: operations of TensorFlow instead of layers. */
export function isGraphModel(model: JsonValue): model is JsonObject {
  if (!isObject(model)) return false;
  const topology = ownValue(model, "modelTopology");
  const isGraph = isObject(topology) && Array.isArray(ownValue(topology, "node"));
  return isGraph || ownString(model, "format") === "graph-model";
}

/** The operator set whose meaning the operations get: in it softmax works along one axis, and axes may be inputs. */
const opset = 18;

/**
 * Reads a graph-model of TensorFlow.js whose operations are a chain of layers, by the reader of chains of ONNX; up to its
 * output, or the operation called `wanted`. Format: `GraphDef` as JSON
 * (https://github.com/tensorflow/tfjs/blob/master/tfjs-converter/src/data/compiled_api.ts), the arrays as in a layers-model.
 */
export async function readGraphModel(
  model: JsonObject,
  path: string,
  host: Host,
  wanted: string | undefined,
): Promise<Omit<ReadModel, "format">> {
  const topology = ownValue(model, "modelTopology");
  if (!isObject(topology)) return fail("damaged", "it has no modelTopology");
  const arrays = await readManifest(ownValue(model, "weightsManifest"), path, host);
  const part = partOfGraph(toGraph(topology, ownValue(model, "signature"), arrays), wanted);
  return readChain(part.graph, part, opset);
}
