/**
 * The numbers of the fields of ONNX' protobuf messages that layerc reads or writes (https://onnx.ai/onnx/api/classes.html,
 * `onnx.proto3` of IR version 8). Fields that are not listed are skipped on reading.
 */
export const fields = {
  model: {
    irVersion: 1,
    producerName: 2,
    producerVersion: 3,
    graph: 7,
    operatorSets: 8,
    metadata: 14,
    functions: 25,
  },
  operatorSet: { domain: 1, version: 2 },
  metadata: { key: 1, value: 2 },
  graph: {
    nodes: 1,
    name: 2,
    initializers: 5,
    documentation: 10,
    inputs: 11,
    outputs: 12,
    sparseInitializers: 15,
  },
  node: { inputs: 1, outputs: 2, name: 3, operator: 4, attributes: 5, domain: 7 },
  attribute: { name: 1, float: 2, int: 3, string: 4, tensor: 5, floats: 7, ints: 8, strings: 9, type: 20 },
  tensor: {
    shape: 1,
    elementType: 2,
    floats: 4,
    int32s: 5,
    strings: 6,
    int64s: 7,
    name: 8,
    raw: 9,
    doubles: 10,
    uint64s: 11,
    external: 13,
    location: 14,
  },
  value: { name: 1, type: 2 },
  /** `TypeProto`: only tensors; sequences, maps and optionals have other numbers. */
  type: { tensor: 1 },
  tensorType: { elementType: 1, shape: 2 },
  tensorShape: { axes: 1 },
  axis: { size: 1, parameter: 2 },
} as const;

/** `TensorProto.DataType` */
export const elementTypes = {
  float: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  double: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
  uint4: 21,
  int4: 22,
} as const;

/** `AttributeProto.AttributeType` */
export const attributeTypes = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  graph: 5,
  floats: 6,
  ints: 7,
  strings: 8,
} as const;
