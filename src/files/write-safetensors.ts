import { bfloat16Bits } from "../ir/bfloat16.ts";

/** An array to write. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major, as many elements as `shape` has. */
  readonly data: Float32Array;
  /** Present for an array that is written as bfloat16, rounded to nearest. */
  readonly precision?: "bfloat16";
}

/**
 * The bytes of a safetensors file with float32 arrays in the given order, and bfloat16 ones in that order behind them: the
 * same bytes for the same arrays. The header is padded with spaces to a multiple of 8 bytes, so that the data can be viewed
 * in place. Names must differ. `metadata` goes into the header as `__metadata__`.
 */
export function writeSafetensors(
  given: readonly NamedArray[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const isRounded = ({ precision }: NamedArray): boolean => precision === "bfloat16";
  const arrays = [...given.filter((array) => !isRounded(array)), ...given.filter(isRounded)];
  let offset = 0;
  const entries = arrays.map((array) => {
    const end = offset + array.data.length * (isRounded(array) ? 2 : 4);
    const description = { dtype: isRounded(array) ? "BF16" : "F32", shape: array.shape, data_offsets: [offset, end] };
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
  for (const array of arrays) {
    if (isRounded(array)) {
      for (const value of array.data) {
        view.setUint16(position, bfloat16Bits(value), true);
        position += 2;
      }
      continue;
    }
    // Written element by element: the format is little-endian on every machine. Bits go through unchanged.
    const bits = new Uint32Array(array.data.buffer, array.data.byteOffset, array.data.length);
    for (const word of bits) {
      view.setUint32(position, word, true);
      position += 4;
    }
  }
  return file;
}
