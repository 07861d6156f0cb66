import { storageType, type RoundedPrecision } from "../ir/storage-types.ts";

/** An array to write. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major, as many elements as `shape` has. */
  readonly data: Float32Array;
  /** Present for an array that is written as another type than float32, rounded to nearest. */
  readonly precision?: RoundedPrecision;
}

/**
 * The bytes of a safetensors file with float32 arrays in the given order, and arrays of fewer bytes in that order behind them: the
 * same bytes for the same arrays. The header is padded with spaces to a multiple of 8 bytes, so that the data can be viewed
 * in place. Names must differ. `metadata` goes into the header as `__metadata__`.
 */
export function writeSafetensors(
  given: readonly NamedArray[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const arrays = given
    .map((array) => ({ ...array, type: storageType(array) }))
    .toSorted((a, b) => b.type.bytes - a.type.bytes);
  let offset = 0;
  const entries = arrays.map((array) => {
    const end = offset + array.data.length * array.type.bytes;
    const description = { dtype: array.type.safetensors, shape: array.shape, data_offsets: [offset, end] };
    offset = end;
    return `${JSON.stringify(array.name)}:${JSON.stringify(description)}`;
  });
  if (Object.keys(metadata).length > 0) entries.unshift(`"__metadata__":${JSON.stringify(metadata)}`);
  const json = new TextEncoder().encode(`{${entries.join(",")}}`);
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerBytes + offset);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, 8, 8 + headerBytes);
  file.set(json, 8);
  let position = 8 + headerBytes;
  for (const { data, type } of arrays) {
    // The format is little-endian on every machine.
    type.write(view, position, data);
    position += data.length * type.bytes;
  }
  return file;
}
