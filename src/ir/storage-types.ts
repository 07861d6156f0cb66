import { bfloat16Bits, packBfloat16 } from "./bfloat16.ts";
import { packInt8 } from "./int8.ts";
import { product } from "./product.ts";

/** How the numbers of a trained array are stored. */
export interface StorageType {
  /** Of one number. */
  readonly bytes: number;
  /** Of the number that scales those of a unit, where it needs one. */
  readonly scaleBytes?: number;
  /** Its name in safetensors files. */
  readonly safetensors: string;
  /** Numbers of this type as a module holds them, in the order in which loops and vectors read them. */
  pack(values: Float32Array | Float64Array): Float32Array | Float64Array | Uint32Array;
  /** Units of a Dense that panels of its kernel are padded to where vectors read them: a row is whole words. */
  readonly panelLanes: 4 | 8;
  /** Writes numbers into a file, little-endian. */
  write(view: DataView, offset: number, values: Float32Array): void;
}

/** Every storage type. The first is what arrays have that nothing else is said of. */
export const storageTypes = {
  float32: {
    bytes: 4,
    safetensors: "F32",
    pack: (values) => values,
    panelLanes: 4,
    write(view, offset, values) {
      // Bits go through unchanged.
      const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
      bits.forEach((word, at) => view.setUint32(offset + 4 * at, word, true));
    },
  },
  bfloat16: {
    bytes: 2,
    safetensors: "BF16",
    pack: packBfloat16,
    panelLanes: 8,
    write(view, offset, values) {
      values.forEach((value, at) => view.setUint16(offset + 2 * at, bfloat16Bits(value), true));
    },
  },
  /** Whole numbers, which a number for each unit scales. */
  int8: {
    bytes: 1,
    scaleBytes: 4,
    safetensors: "I8",
    pack: packInt8,
    panelLanes: 8,
    write(view, offset, values) {
      values.forEach((value, at) => view.setInt8(offset + at, value));
    },
  },
} as const satisfies Readonly<Record<string, StorageType>>;

/** How the kernels of dense layers are stored. Everything else is float32. */
export type Precision = keyof typeof storageTypes;

export const defaultPrecision = "float32" satisfies Precision;

/** Storage types that lose digits of trained arrays. */
export type RoundedPrecision = Exclude<Precision, typeof defaultPrecision>;

const names = Object.keys(storageTypes) as readonly Precision[];

export const roundedPrecisions: readonly RoundedPrecision[] = names.filter((name) => name !== defaultPrecision);

/** The default, then the others. */
export const precisions: readonly [Precision, ...Precision[]] = [defaultPrecision, ...roundedPrecisions];

/** Bytes that a trained array takes, with what scales it. */
export function storedBytes(array: { readonly shape: readonly number[]; readonly precision?: Precision }): number {
  const { bytes, scaleBytes = 0 } = storageType(array);
  return product(array.shape) * bytes + (array.shape.at(-1) ?? 0) * scaleBytes;
}

/** The storage type of an array. */
export function storageType({ precision = defaultPrecision }: { readonly precision?: Precision }): StorageType {
  return storageTypes[precision];
}
