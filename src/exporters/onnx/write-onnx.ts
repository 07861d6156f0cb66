import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { attributeTypes, elementTypes, fields } from "./fields.ts";
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from "./onnx-model.ts";

/** The format's version that goes with opset 17 (ONNX 1.12, June 2022). */
const irVersion = 8;

/** The version of the default operator set that the exporter writes: the first with LayerNormalization. */
const opset = 17;

/** The bytes of an ONNX file: the same bytes for the same model. */
export function writeOnnx(model: OnnxModel): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(fields.model.irVersion, WireType.Varint).int64(irVersion);
  text(writer, fields.model.producerName, "layerc");
  text(writer, fields.model.producerVersion, model.producerVersion);
  message(writer, fields.model.graph, () => writeGraph(writer, model.graph));
  message(writer, fields.model.operatorSets, () => {
    text(writer, fields.operatorSet.domain, "");
    writer.tag(fields.operatorSet.version, WireType.Varint).int64(opset);
  });
  for (const [key, value] of Object.entries(model.metadata)) {
    message(writer, fields.model.metadata, () => {
      text(writer, fields.metadata.key, key);
      text(writer, fields.metadata.value, value);
    });
  }
  return writer.finish();
}

function writeGraph(writer: BinaryWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) message(writer, fields.graph.nodes, () => writeNode(writer, node));
  text(writer, fields.graph.name, graph.name);
  for (const tensor of graph.initializers) {
    message(writer, fields.graph.initializers, () => writeTensor(writer, tensor));
  }
  if (graph.documentation !== undefined) text(writer, fields.graph.documentation, graph.documentation);
  message(writer, fields.graph.inputs, () => writeValue(writer, graph.input));
  message(writer, fields.graph.outputs, () => writeValue(writer, graph.output));
}

function writeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) text(writer, fields.node.inputs, input);
  for (const output of node.outputs) text(writer, fields.node.outputs, output);
  text(writer, fields.node.name, node.name);
  text(writer, fields.node.operator, node.operator);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    message(writer, fields.node.attributes, () => writeAttribute(writer, name, attribute));
  }
}

function writeAttribute(writer: BinaryWriter, name: string, attribute: OnnxAttribute): void {
  text(writer, fields.attribute.name, name);
  switch (attribute.kind) {
    case "float":
      writer.tag(fields.attribute.float, WireType.Bit32).float(attribute.value);
      break;
    case "int":
      writer.tag(fields.attribute.int, WireType.Varint).int64(attribute.value);
      break;
    case "string":
      text(writer, fields.attribute.string, attribute.value);
      break;
    case "ints":
      // Not packed: `onnx.proto` is a proto2 file.
      for (const value of attribute.value) writer.tag(fields.attribute.ints, WireType.Varint).int64(value);
      break;
  }
  writer.tag(fields.attribute.type, WireType.Varint).int32(attributeTypes[attribute.kind]);
}

function writeTensor(writer: BinaryWriter, { name, shape, data }: OnnxTensor): void {
  for (const size of shape) writer.tag(fields.tensor.shape, WireType.Varint).int64(size);
  writer.tag(fields.tensor.elementType, WireType.Varint).int32(elementType(data));
  text(writer, fields.tensor.name, name);
  writer.tag(fields.tensor.raw, WireType.LengthDelimited).bytes(littleEndian(data));
}

function elementType(data: OnnxTensor["data"]): number {
  if (data instanceof Int8Array) return elementTypes.int8;
  return data instanceof Float32Array ? elementTypes.float : elementTypes.int64;
}

/** `raw_data` is little-endian on every machine. Bits go through unchanged. */
function littleEndian(data: OnnxTensor["data"]): Uint8Array {
  if (data instanceof Int8Array) return new Uint8Array(data.buffer, data.byteOffset, data.length);
  const bytes = new Uint8Array(data.byteLength);
  const view = new DataView(bytes.buffer);
  if (data instanceof BigInt64Array) {
    data.forEach((value, index) => view.setBigInt64(index * 8, value, true));
  } else {
    const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
    for (let index = 0; index < bits.length; index++) view.setUint32(index * 4, bits[index] as number, true);
  }
  return bytes;
}

function writeValue(writer: BinaryWriter, { name, shape }: OnnxValue): void {
  text(writer, fields.value.name, name);
  message(writer, fields.value.type, () =>
    message(writer, fields.type.tensor, () => {
      writer.tag(fields.tensorType.elementType, WireType.Varint).int32(elementTypes.float);
      message(writer, fields.tensorType.shape, () => {
        for (const size of shape) {
          message(writer, fields.tensorShape.axes, () => {
            if (typeof size === "string") text(writer, fields.axis.parameter, size);
            else writer.tag(fields.axis.size, WireType.Varint).int64(size);
          });
        }
      });
    }),
  );
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}
