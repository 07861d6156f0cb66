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

/** An array of a file that is laid out, with the bytes that it takes. */
export interface RawArray {
  readonly name: string;
  /** Of safetensors: `F32`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: number;
}

/**
 * The bytes of a safetensors file with float32 arrays in the given order, and arrays of fewer bytes in that order behind them: the
 * same bytes for the same arrays. Names must differ. `metadata` goes into the header as `__metadata__`.
 */
export function writeSafetensors(
  given: readonly NamedArray[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const arrays = given
    .map((array) => ({ ...array, type: storageType(array) }))
    .toSorted((a, b) => b.type.bytes - a.type.bytes);
  const raw = arrays.map(({ name, shape, data, type }) => {
    return { name, shape, dtype: type.safetensors, bytes: data.length * type.bytes };
  });
  const { file, starts } = layOutSafetensors(raw, metadata);
  const view = new DataView(file.buffer);
  // The format is little-endian on every machine.
  for (const [at, { data, type }] of arrays.entries()) type.write(view, starts[at] as number, data);
  return file;
}

/**
 * A safetensors file in which the arrays are still to be written, and where each begins. The header is padded with spaces to
 * a multiple of 8 bytes, so that the data can be viewed in place.
 */
export function layOutSafetensors(
  arrays: readonly RawArray[],
  metadata: Readonly<Record<string, string>>,
): { readonly file: Uint8Array; readonly starts: readonly number[] } {
  let offset = 0;
  const offsets: number[] = [];
  const entries = arrays.map(({ name, dtype, shape, bytes }) => {
    offsets.push(offset);
    const description = { dtype, shape, data_offsets: [offset, offset + bytes] };
    offset += bytes;
    return `${JSON.stringify(name)}:${JSON.stringify(description)}`;
  });
  if (Object.keys(metadata).length > 0) entries.unshift(`"__metadata__":${JSON.stringify(metadata)}`);
  const json = new TextEncoder().encode(`{${entries.join(",")}}`);
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const start = 8 + headerBytes;
  const file = new Uint8Array(start + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, 8, start);
  file.set(json, 8);
  return { file, starts: offsets.map((at) => start + at) };
}
