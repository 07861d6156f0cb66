import { attributeTypes, fields } from "../../exporters/onnx/fields.ts";
import { maxEntries, maxRank } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import { readBytes, readFields, readFloat, readInteger, readIntegers, readText } from "../../files/protobuf.ts";
import { readTensor, type StoredTensor } from "./tensor.ts";

/** The parts of an ONNX file that say what it computes. */
export interface OnnxFile {
  /** The version of the default operator set. */
  readonly opset: number;
  readonly graph: StoredGraph;
}

export interface StoredGraph {
  readonly name: string;
  readonly nodes: readonly StoredNode[];
  readonly initializers: ReadonlyMap<string, StoredTensor>;
  readonly inputs: readonly StoredValue[];
  readonly outputs: readonly StoredValue[];
}

export interface StoredNode {
  readonly name: string;
  readonly operator: string;
  /** Empty for ONNX' own operators. */
  readonly domain: string;
  /** An empty name is an input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, StoredAttribute>;
}

export interface StoredAttribute {
  readonly type: "float" | "int" | "string" | "tensor" | "floats" | "ints" | "strings" | "other";
  readonly float: number;
  readonly int: number;
  readonly string: string;
  readonly floats: readonly number[];
  readonly ints: readonly number[];
  readonly strings: readonly string[];
  readonly tensor?: StoredTensor;
}

/** An input or output of the graph. */
export interface StoredValue {
  readonly name: string;
  /** With the batch axis; `null` is a size that is not known. Absent where the file does not say, or for what is no tensor. */
  readonly shape?: readonly (number | null)[];
  readonly elementType: number;
}

/** Integers of an attribute: axes, permutations, small constants. */
const longestList = 10_000;

/** Floats of an attribute: the coefficients of a linear model are one. */
const mostFloats = 1_000_000;

/** Reads an ONNX model. Arrays stay in `bytes` until they are asked for. */
export function readGraph(bytes: Uint8Array): OnnxFile {
  let graph: Uint8Array | undefined;
  let opset = 0;
  readFields(bytes, "it", (field) => {
    switch (field.number) {
      case fields.model.graph:
        graph = readBytes(field);
        return true;
      case fields.model.operatorSets:
        opset = Math.max(opset, readOperatorSet(readBytes(field)));
        return true;
      default:
        return false;
    }
  });
  if (graph === undefined) return fail("damaged", "it has no graph, or is no ONNX file");
  return { opset: opset === 0 ? 1 : opset, graph: readGraphMessage(graph) };
}

/** The version of the default operator set, 0 for that of another. */
function readOperatorSet(bytes: Uint8Array): number {
  let domain = "";
  let version = 0;
  readFields(bytes, "an operator set", (field) => {
    if (field.number === fields.operatorSet.domain) domain = readText(field);
    else if (field.number === fields.operatorSet.version) version = readInteger(field);
    else return false;
    return true;
  });
  return domain === "" || domain === "ai.onnx" ? version : 0;
}

function readGraphMessage(bytes: Uint8Array): StoredGraph {
  const nodes: StoredNode[] = [];
  const initializers = new Map<string, StoredTensor>();
  const inputs: StoredValue[] = [];
  const outputs: StoredValue[] = [];
  let name = "";
  let entries = 0;
  readFields(bytes, "the graph", (field) => {
    if (++entries > maxEntries) fail("too-large", `its graph has more than ${maxEntries} parts`);
    switch (field.number) {
      case fields.graph.nodes:
        nodes.push(readNode(readBytes(field)));
        return true;
      case fields.graph.name:
        name = readText(field);
        return true;
      case fields.graph.initializers: {
        const tensor = readTensor(readBytes(field));
        if (initializers.has(tensor.name)) fail("damaged", `it has two arrays called '${tensor.name}'`);
        initializers.set(tensor.name, tensor);
        return true;
      }
      case fields.graph.sparseInitializers:
        return fail("unsupported", "it has sparse arrays; export it with dense ones");
      case fields.graph.inputs:
        inputs.push(readValue(readBytes(field)));
        return true;
      case fields.graph.outputs:
        outputs.push(readValue(readBytes(field)));
        return true;
      default:
        return false;
    }
  });
  return { name, nodes, initializers, inputs, outputs };
}

function readNode(bytes: Uint8Array): StoredNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, StoredAttribute>();
  let name = "";
  let operator = "";
  let domain = "";
  readFields(bytes, "a node", (field) => {
    if (inputs.length + outputs.length + attributes.size > longestList) fail("too-large", "it has a node too large");
    switch (field.number) {
      case fields.node.inputs:
        inputs.push(readText(field));
        return true;
      case fields.node.outputs:
        outputs.push(readText(field));
        return true;
      case fields.node.name:
        name = readText(field);
        return true;
      case fields.node.operator:
        operator = readText(field);
        return true;
      case fields.node.domain:
        domain = readText(field);
        return true;
      case fields.node.attributes: {
        const [key, attribute] = readAttribute(readBytes(field));
        attributes.set(key, attribute);
        return true;
      }
      default:
        return false;
    }
  });
  return { name, operator, domain: domain === "ai.onnx" ? "" : domain, inputs, outputs, attributes };
}

const typeNames: ReadonlyMap<number, StoredAttribute["type"]> = new Map([
  [attributeTypes.float, "float"],
  [attributeTypes.int, "int"],
  [attributeTypes.string, "string"],
  [attributeTypes.tensor, "tensor"],
  [attributeTypes.floats, "floats"],
  [attributeTypes.ints, "ints"],
  [attributeTypes.strings, "strings"],
]);

function readAttribute(bytes: Uint8Array): readonly [string, StoredAttribute] {
  const floats: number[] = [];
  const ints: number[] = [];
  const strings: string[] = [];
  let name = "";
  let type = 0;
  let float = 0;
  let int = 0;
  let string = "";
  let tensor: StoredTensor | undefined;
  readFields(bytes, "an attribute", (field) => {
    switch (field.number) {
      case fields.attribute.name:
        name = readText(field);
        return true;
      case fields.attribute.type:
        type = readInteger(field);
        return true;
      case fields.attribute.float:
        float = readFloat(field);
        return true;
      case fields.attribute.int:
        int = readInteger(field);
        return true;
      case fields.attribute.string:
        // Text that a tool notes about itself can be long.
        string = new TextDecoder().decode(readBytes(field).subarray(0, longestList));
        return true;
      case fields.attribute.tensor:
        tensor = readTensor(readBytes(field));
        return true;
      case fields.attribute.strings:
        if (strings.length === longestList) fail("too-large", "it has a list too long");
        strings.push(new TextDecoder().decode(readBytes(field).subarray(0, longestList)));
        return true;
      case fields.attribute.ints:
        readIntegers(field, ints, longestList);
        return true;
      case fields.attribute.floats: {
        const packed = field.wireType === 2 ? readBytes(field) : undefined;
        if (floats.length + (packed?.length ?? 0) / 4 >= mostFloats) fail("too-large", "it has a list too long");
        if (packed === undefined) floats.push(readFloat(field));
        else {
          const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
          for (let at = 0; at + 4 <= packed.length; at += 4) floats.push(view.getFloat32(at, true));
        }
        return true;
      }
      default:
        return false;
    }
  });
  const attribute = { type: typeNames.get(type) ?? "other", float, int, string, floats, ints, strings };
  return [name, tensor === undefined ? attribute : { ...attribute, tensor }];
}

function readValue(bytes: Uint8Array): StoredValue {
  let name = "";
  let type: Uint8Array | undefined;
  readFields(bytes, "an input or output", (field) => {
    if (field.number === fields.value.name) name = readText(field);
    else if (field.number === fields.value.type) type = readBytes(field);
    else return false;
    return true;
  });
  let tensorType: Uint8Array | undefined;
  if (type !== undefined) tensorType = messageIn(type, fields.type.tensor);
  if (tensorType === undefined) return { name, elementType: 0 };
  let elementType = 0;
  let shape: Uint8Array | undefined;
  readFields(tensorType, "a type", (field) => {
    if (field.number === fields.tensorType.elementType) elementType = readInteger(field);
    else if (field.number === fields.tensorType.shape) shape = readBytes(field);
    else return false;
    return true;
  });
  return { name, elementType, ...(shape === undefined ? {} : { shape: readShape(shape, name) }) };
}

function readShape(bytes: Uint8Array, name: string): readonly (number | null)[] {
  const axes: (number | null)[] = [];
  readFields(bytes, "a shape", (field) => {
    if (field.number !== fields.tensorShape.axes) return false;
    if (axes.length >= maxRank) fail("too-large", `'${name}' has more than ${maxRank} axes`);
    let size: number | null = null;
    readFields(readBytes(field), "a size", (inner) => {
      if (inner.number !== fields.axis.size) return false;
      size = readInteger(inner);
      return true;
    });
    // Some tools write -1 or 0 for a size that is not known.
    axes.push(size === null || size <= 0 ? null : size);
    return true;
  });
  return axes;
}

function messageIn(bytes: Uint8Array, number: number): Uint8Array | undefined {
  let found: Uint8Array | undefined;
  readFields(bytes, "a type", (field) => {
    if (field.number !== number) return false;
    found = readBytes(field);
    return true;
  });
  return found;
}
