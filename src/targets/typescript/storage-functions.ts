import type { RoundedPrecision } from "../../ir/storage-types.ts";
import type { SupportName } from "./support-function.ts";

/** The functions of generated modules that know a storage type, as `ir/storage-types.ts` knows it. */
export interface StorageFunctions {
  /** Float32 numbers to the nearest ones that it can hold, in place. */
  readonly round?: SupportName;
  /** Float32 numbers to words, as a backend reads them. */
  readonly pack: SupportName;
  /** Words to float32 numbers. */
  readonly unpack: SupportName;
  /** A safetensors file with arrays of it. */
  readonly read: SupportName;
}

export const storageFunctions: Readonly<Record<RoundedPrecision, StorageFunctions>> = {
  // A kernel is taken apart before it is stored.
  int8: { pack: "packInt8", unpack: "unpackInt8", read: "readInt8Safetensors" },
  bfloat16: {
    round: "roundBfloat16",
    pack: "packBfloat16",
    unpack: "unpackBfloat16",
    read: "readMixedSafetensors",
  },
};
