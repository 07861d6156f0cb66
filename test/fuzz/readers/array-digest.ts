import { createHash } from "node:crypto";

/** Of the values: which of the many patterns of NaN stands in a file, an engine may change. */
export function arrayDigest(data: ArrayLike<number>): string {
  const values = Float32Array.from(data, (value) => (Number.isNaN(value) ? Number.NaN : value));
  return createHash("sha1").update(new Uint8Array(values.buffer)).digest("base64");
}
