import { elementTypes } from "../../exporters/onnx/fields.ts";
import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../../files/json.ts";
import { maxEntries, maxRank } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import { shorten } from "../../files/shorten.ts";
import type { WeightArray } from "../../files/weight-array.ts";
import type { StoredGraph, StoredNode, StoredValue } from "../onnx/read-graph.ts";
import type { StoredTensor } from "../onnx/tensor.ts";
import { attributesOf, inputsOf, nameOf, shapeOf, tensorName } from "./attributes.ts";
import { nodesOf } from "./operations.ts";

/** A graph of TensorFlow as one of ONNX: its operations, what it takes and gives, its arrays. */
export function toGraph(
  topology: JsonObject,
  signature: JsonValue | undefined,
  arrays: readonly Pick<WeightArray, "source" | "shape" | "data">[],
): StoredGraph {
  const list = ownValue(topology, "node");
  if (!Array.isArray(list)) return fail("damaged", "its modelTopology has no list of nodes");
  const found = list as readonly JsonValue[];
  if (found.length > maxEntries) fail("too-large", `its graph has more than ${maxEntries} operations`);
  const operations = found.map((item) =>
    isObject(item) ? item : fail("damaged", "its modelTopology has a node that is no object"),
  );
  const initializers = new Map(arrays.map((array) => [array.source, tensorOf(array)]));
  const stated = new Map(signatureEntries(signature, "inputs").map(({ tensor, shape }) => [tensor, shape]));
  const nodes: StoredNode[] = [];
  const inputs: StoredValue[] = [];
  for (const operation of operations) {
    const name = nameOf(operation);
    const op = ownString(operation, "op") ?? "";
    switch (op) {
      case "Placeholder":
        inputs.push(inputOf(operation, stated));
        break;
      case "Const":
        if (!initializers.has(name)) {
          fail("damaged", `its weightsManifest has no array for the constant '${shorten(name, 60)}'`);
        }
        break;
      case "NoOp":
        break;
      default: {
        const names = inputsOf(operation);
        const integers = (at: number): readonly number[] | undefined => {
          const values = initializers.get(names[at] ?? "")?.values;
          const isList = values !== undefined && values.length <= maxRank && values.every(Number.isInteger);
          return isList ? [...values] : undefined;
        };
        nodes.push(...nodesOf({ name, op, inputs: names, attributes: attributesOf(operation), integers }));
      }
    }
  }
  return { name: "", nodes, initializers, inputs, outputs: outputsOf(signature, nodes) };
}

function tensorOf({ source, shape, data }: Pick<WeightArray, "source" | "shape" | "data">): StoredTensor {
  const values = data instanceof Float32Array ? data : Float32Array.from(data);
  return { name: source, shape, elementType: elementTypes.float, message: new Uint8Array(), values };
}

const inputTypes: ReadonlyMap<string, number> = new Map([
  ["DT_FLOAT", elementTypes.float],
  ["DT_DOUBLE", elementTypes.double],
  ["DT_INT32", elementTypes.int32],
  ["DT_INT64", elementTypes.int64],
  ["DT_BOOL", elementTypes.bool],
]);

/** What is put in: its shape as the operation has it, or else as it is `stated` by the signature of the model. */
function inputOf(operation: JsonObject, stated: ReadonlyMap<string, readonly number[] | undefined>): StoredValue {
  const name = nameOf(operation);
  const attributes = attributesOf(operation);
  const shape = attributes.shape("shape") ?? stated.get(name);
  if (shape !== undefined && shape.length > maxRank) fail("too-large", `'${shorten(name, 60)}' has too many axes`);
  return {
    name,
    elementType: inputTypes.get(attributes.type("dtype") ?? "") ?? 0,
    ...(shape === undefined ? {} : { shape: shape.map((size) => (size <= 0 ? null : size)) }),
  };
}

/** What the signature says, or else what no operation reads. */
function outputsOf(signature: JsonValue | undefined, nodes: readonly StoredNode[]): readonly StoredValue[] {
  const stated = signatureEntries(signature, "outputs").map(({ tensor }) => tensor);
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  const last = nodes.flatMap(({ outputs }) => outputs).filter((name) => !read.has(name));
  const names = stated.length > 0 ? stated : last;
  return [...new Set(names)].map((name) => ({ name, elementType: elementTypes.float }));
}

/** `{ "dense": { "name": "Identity:0", "tensorShape": { "dim": [] } } }` */
function signatureEntries(
  signature: JsonValue | undefined,
  key: "inputs" | "outputs",
): readonly { readonly tensor: string; readonly shape: readonly number[] | undefined }[] {
  const entries = isObject(signature) ? ownValue(signature, key) : undefined;
  if (!isObject(entries)) return [];
  return Object.keys(entries).flatMap((name) => {
    const entry = ownValue(entries, name);
    if (!isObject(entry)) return [];
    const shape = ownValue(entry, "tensorShape");
    return [
      {
        tensor: tensorName(ownString(entry, "name") ?? name),
        shape: isObject(shape) ? shapeOf(shape) : undefined,
      },
    ];
  });
}
