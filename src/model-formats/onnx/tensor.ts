import { formatCount } from "../../diagnostics/format-count.ts";
import { counted } from "../../diagnostics/counted.ts";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { elementTypes, fields } from "../../exporters/onnx/fields.ts";
import type { ArrayBudget } from "../../files/array-budget.ts";
import { toFloat32, type ElementType } from "../../files/float-conversion.ts";
import { maxRank } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import { product } from "../../ir/product.ts";
import { readBytes, readFields, readInteger, readIntegers, readText, type Field } from "../../files/protobuf.ts";

/** A constant array of the file; its elements are still in the file's bytes. */
export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly elementType: number;
  /** The whole message. */
  readonly message: Uint8Array;
  /** Where its elements lie in another file, as the message says it: `location`, `offset` and `length`. */
  readonly external?: ReadonlyMap<string, string>;
  /** Its elements, where they have been read from that file. */
  readonly raw?: Uint8Array;
  /** Its elements, where they are read already. */
  readonly values?: Float32Array;
}

/** An array in memory. Row-major, as float32. */
export interface ConstantArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Reads what an array is, not its elements. */
export function readTensor(message: Uint8Array): StoredTensor {
  const shape: number[] = [];
  let name = "";
  let elementType = 0;
  let isExternal = false;
  const external = new Map<string, string>();
  readFields(message, "an array", (field) => {
    if (field.number === fields.tensor.name) name = readText(field);
    else if (field.number === fields.tensor.elementType) elementType = readInteger(field);
    else if (field.number === fields.tensor.shape) readIntegers(field, shape, maxRank);
    else if (field.number === fields.tensor.location) isExternal = readInteger(field) !== 0;
    else if (field.number === fields.tensor.external) readEntry(readBytes(field), external);
    else return false;
    return true;
  });
  return { name, shape, elementType, message, ...(isExternal ? { external } : {}) };
}

/** More than any array has. */
const mostEntries = 20;

/** A key and its value. */
function readEntry(message: Uint8Array, into: Map<string, string>): void {
  let key = "";
  let value = "";
  readFields(message, "an array", (field) => {
    if (field.number === 1) key = readText(field);
    else if (field.number === 2) value = readText(field);
    else return false;
    return true;
  });
  if (into.size < mostEntries) into.set(key, value);
}

const rawTypes: ReadonlyMap<number, ElementType> = new Map([
  [elementTypes.float, { bytes: 4, class: "float" }],
  [elementTypes.double, { bytes: 8, class: "float" }],
  [elementTypes.float16, { bytes: 2, class: "float" }],
  [elementTypes.bfloat16, { bytes: 2, class: "bfloat" }],
  [elementTypes.int8, { bytes: 1, class: "signed" }],
  [elementTypes.int16, { bytes: 2, class: "signed" }],
  [elementTypes.int32, { bytes: 4, class: "signed" }],
  [elementTypes.int64, { bytes: 8, class: "signed" }],
  [elementTypes.uint8, { bytes: 1, class: "unsigned" }],
  [elementTypes.uint16, { bytes: 2, class: "unsigned" }],
  [elementTypes.uint32, { bytes: 4, class: "unsigned" }],
  [elementTypes.uint64, { bytes: 8, class: "unsigned" }],
  [elementTypes.bool, { bytes: 1, class: "unsigned" }],
]);

/** Whether a type of elements is one of floats, `TensorProto.DataType`. */
export function isFloatType(elementType: number): boolean {
  const found = rawTypes.get(elementType)?.class;
  return found === "float" || found === "bfloat";
}

/** Whether a type of elements is one of integers that holds every axis, size and number of a row. */
export function isIndexType(elementType: number): boolean {
  return elementType === elementTypes.int32 || elementType === elementTypes.int64;
}

/** Whether a type of elements is one of numbers of whole bytes, or of truth values. */
export function isNumberType(elementType: number): boolean {
  return rawTypes.has(elementType);
}

export function hasFloats({ elementType }: StoredTensor): boolean {
  return isFloatType(elementType);
}

/** The elements of an array, rounded to float32. What it claims to hold is checked before anything is allocated. */
export function tensorValues(tensor: StoredTensor, budget: ArrayBudget): ConstantArray {
  const { name, shape, elementType, message, values } = tensor;
  if (values !== undefined) return { shape, data: values };
  const source = name === "" ? "a constant" : name;
  const type = rawTypes.get(elementType);
  if (isNibble(elementType)) return { shape, data: nibbles(tensor, budget.take(shape, source), source) };
  if (elementType === elementTypes.string) fail("unsupported", `the array '${source}' holds texts`);
  if (type === undefined) return fail("unsupported", `the array '${source}' holds neither floats nor integers`);
  const raw = rawBytes(tensor);
  const count = budget.take(shape, source);
  if (raw !== undefined && raw.length > 0) {
    if (raw.length !== count * type.bytes) {
      fail("damaged", `the array '${source}' of shape [${shape.join(", ")}] has ${counted(raw.length, "byte")}`);
    }
    return { shape, data: toFloat32(raw, type, count) };
  }
  // A message holds at most one number per byte.
  if (count > message.length) fail("damaged", `the array '${source}' of shape [${shape.join(", ")}] is not whole`);
  return { shape, data: typedValues(message, elementType, count, source) };
}

function isNibble(elementType: number): boolean {
  return elementType === elementTypes.int4 || elementType === elementTypes.uint4;
}

/** Integers of four bits, two in a byte, the lower half first. */
function nibbles(tensor: StoredTensor, count: number, source: string): Float32Array {
  const { message, elementType } = tensor;
  const length = Math.ceil(count / 2);
  const raw = rawBytes(tensor);
  if ((raw ?? message).length < length) fail("damaged", `the array '${source}' is not whole`);
  const bytes = raw ?? Uint8Array.from(typedValues(message, elementTypes.int32, length, source));
  const signed = elementType === elementTypes.int4;
  return Float32Array.from({ length: count }, (_, at) => {
    const value = ((bytes[at >> 1] as number) >> (at % 2 === 0 ? 0 : 4)) & 15;
    return signed && value > 7 ? value - 16 : value;
  });
}

/** The elements of an array as bytes, of this file or another; undefined for one that has them as a list. */
function rawBytes({ name, message, external, raw: read }: StoredTensor): Uint8Array | undefined {
  let raw = read;
  if (raw !== undefined) return raw;
  if (external !== undefined) {
    fail("unsupported", `the constant '${name}' lies in another file; export the model with its constants inside`);
  }
  readFields(message, `the array '${name}'`, (field) => {
    if (field.number !== fields.tensor.raw) return false;
    raw = readBytes(field);
    return true;
  });
  return raw;
}

/** The most integers that are asked for at once: sizes, axes, permutations. */
const mostIntegers = 10_000;

/** The elements of a short array of integers, which float32 might round; undefined for any other array. */
export function tensorIntegers(tensor: StoredTensor): readonly number[] | undefined {
  const { shape, elementType, message, values: read } = tensor;
  if (read !== undefined) return read.length <= mostIntegers && read.every(Number.isInteger) ? [...read] : undefined;
  const bytes = elementType === elementTypes.int64 ? 8 : elementType === elementTypes.int32 ? 4 : undefined;
  const count = product(shape);
  if (bytes === undefined || !(count <= mostIntegers)) return undefined;
  const values: number[] = [];
  const raw = rawBytes(tensor)?.subarray(0, mostIntegers * bytes);
  if (raw !== undefined) {
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    for (let at = 0; at + bytes <= raw.length; at += bytes) {
      values.push(bytes === 8 ? Number(view.getBigInt64(at, true)) : view.getInt32(at, true));
    }
  }
  readFields(message, "a list of integers", (field) => {
    if (field.number === fields.tensor.int64s || field.number === fields.tensor.int32s) {
      readIntegers(field, values, mostIntegers);
    } else return false;
    return true;
  });
  return values.length === count ? values : undefined;
}

/** The texts of a short array of them; undefined for any other array. */
export function tensorTexts({ elementType, message }: StoredTensor): readonly string[] | undefined {
  if (elementType !== elementTypes.string) return undefined;
  const texts: string[] = [];
  readFields(message, "a list of texts", (field) => {
    if (field.number !== fields.tensor.strings) return false;
    if (texts.length === mostIntegers) fail("too-large", "it has a list too long");
    texts.push(readText(field));
    return true;
  });
  return texts;
}

/** Numbers stored as protobuf lists, one kind for several element types. */
function typedValues(message: Uint8Array, elementType: number, count: number, source: string): Float32Array {
  const data = new Float32Array(count);
  let filled = 0;
  const add = (value: number): void => {
    if (filled >= count) fail("damaged", `the array '${source}' has more elements than its shape`);
    data[filled++] = value;
  };
  readFields(message, `the array '${source}'`, (field) => {
    const read = listReader(field.number);
    if (read === undefined) return false;
    if (field.wireType !== WireType.LengthDelimited) add(read(field.reader));
    else {
      const packed = new BinaryReader(readBytes(field));
      while (packed.pos < packed.len) add(read(packed));
    }
    return true;
  });
  if (filled !== count) {
    fail("damaged", `the array '${source}' has ${counted(filled, "element")}, its shape has ${formatCount(count)}`);
  }
  return isHalf(elementType) ? halves(data, elementType) : data;
}

function listReader(number: Field["number"]): ((reader: BinaryReader) => number) | undefined {
  switch (number) {
    case fields.tensor.floats:
      return (reader) => reader.float();
    case fields.tensor.doubles:
      return (reader) => reader.double();
    case fields.tensor.int32s:
      return (reader) => reader.int32();
    case fields.tensor.int64s:
      return (reader) => Number(reader.int64());
    case fields.tensor.uint64s:
      return (reader) => Number(reader.uint64());
    default:
      return undefined;
  }
}

function isHalf(elementType: number): boolean {
  return elementType === elementTypes.float16 || elementType === elementTypes.bfloat16;
}

/** Half floats stand in the list of int32 as their bits. */
function halves(bits: Float32Array, elementType: number): Float32Array {
  const bytes = new Uint8Array(bits.length * 2);
  const view = new DataView(bytes.buffer);
  bits.forEach((value, index) => view.setUint16(index * 2, value, true));
  return toFloat32(bytes, rawTypes.get(elementType) as ElementType, bits.length);
}
