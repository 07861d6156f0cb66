import { readSealed, unsealed } from "../files/sealed-safetensors.ts";

/** The key of the metadata of a weight file that an import wrote: the hash of the model file that it was written with. */
const hashKey = "layerc-import";

/** What such a file says about its origin, under `__metadata__`, before it is sealed; `hash` is a SHA-256 in hexadecimal. */
export function importMetadata(hash: string): Readonly<Record<string, string>> {
  return { [hashKey]: hash, ...unsealed };
}

/** The hash in a weight file that an import wrote; undefined for any other bytes, also of such a file that has been changed since. */
export function importHash(file: Uint8Array): string | undefined {
  const { fields, intact } = readSealed(file) ?? {};
  const hash = fields?.[hashKey];
  return intact === true && typeof hash === "string" ? hash : undefined;
}
