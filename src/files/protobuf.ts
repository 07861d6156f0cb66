import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { fail, failureOf } from "./read-failure.ts";

/** One field of a message, its value not yet read. */
export interface Field {
  readonly number: number;
  readonly wireType: WireType;
  /** Stands at the value. Whoever takes the field reads the value; `skip` otherwise. */
  readonly reader: BinaryReader;
}

/**
 * Goes through the fields of a message in order. `take` answers whether it has read the value; fields that it leaves are
 * skipped. Messages inside messages are bytes until they are read by a call of their own, so that depth costs nothing.
 */
export function readFields(bytes: Uint8Array, what: string, take: (field: Field) => boolean): void {
  try {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      if (!take({ number, wireType, reader })) reader.skip(wireType, number);
    }
  } catch (error) {
    if (failureOf(error) !== undefined || !(error instanceof Error)) throw error;
    // The library's errors of malformed input: plain errors and range errors.
    fail("damaged", `${what} is not a readable protobuf message; the file may be cut off`);
  }
}

/** A message, text or packed list. */
export function readBytes({ wireType, reader }: Field): Uint8Array {
  if (wireType !== WireType.LengthDelimited) fail("damaged", "it has a number where ONNX has a message");
  return reader.bytes();
}

/** Longer names are none that a tool writes. */
const longestText = 10_000;

export function readText(field: Field): string {
  const bytes = readBytes(field);
  if (bytes.length > longestText) fail("too-large", `it has a name of ${bytes.length} bytes`);
  return new TextDecoder().decode(bytes);
}

/** An integer that a number holds exactly. */
export function readInteger({ wireType, reader }: Field): number {
  if (wireType !== WireType.Varint) fail("damaged", "it has something else where ONNX has an integer");
  return safeInteger(reader.int64());
}

/** The integers of a list, packed or one by one. */
export function readIntegers(field: Field, into: number[], most: number): void {
  const add = (value: number): void => {
    if (into.length >= most) fail("too-large", `it has a list of more than ${most} integers`);
    into.push(value);
  };
  if (field.wireType === WireType.Varint) return add(readInteger(field));
  const packed = new BinaryReader(readBytes(field));
  while (packed.pos < packed.len) add(safeInteger(packed.int64()));
}

export function readFloat({ wireType, reader }: Field): number {
  if (wireType !== WireType.Bit32) fail("damaged", "it has something else where ONNX has a float");
  return reader.float();
}

/** Beyond 2^53 the number is rounded: all that ONNX counts is far below, all that is indexed from the end is small. */
function safeInteger(value: bigint | string): number {
  return Number(value);
}
