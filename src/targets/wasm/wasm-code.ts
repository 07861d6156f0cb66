import { compressLz4 } from "./lz4.ts";
import type { WasmModules } from "./assemble.ts";

/** Both modules of a model as one text: they share most of their bytes. */
export interface WasmCode {
  /** Base64 of an LZ4 block: the module for relaxed SIMD, then the one for plain SIMD. */
  readonly text: string;
  readonly relaxedLength: number;
  readonly plainLength: number;
  /** Of all bytes, `sum = sum * 31 + byte` as int32: what the module compares after it has decoded them. */
  readonly sum: number;
}

export function wasmCode(
  { relaxed, plain }: Pick<WasmModules, "relaxed" | "plain">,
  toBase64: (bytes: Uint8Array) => string,
): WasmCode {
  const bytes = new Uint8Array(relaxed.bytes.length + plain.bytes.length);
  bytes.set(relaxed.bytes);
  bytes.set(plain.bytes, relaxed.bytes.length);
  return {
    text: toBase64(compressLz4(bytes)),
    relaxedLength: relaxed.bytes.length,
    plainLength: plain.bytes.length,
    sum: bytes.reduce((sum, byte) => (Math.imul(sum, 31) + byte) | 0, 0),
  };
}
