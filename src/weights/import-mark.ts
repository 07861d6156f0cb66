/** The key of the metadata of a weight file that an import wrote: the hash of the model file that it was written with. */
const hashKey = "layerc-import";

/** What such a file says about its origin, under `__metadata__`; `hash` is a SHA-256 in hexadecimal. */
export function importMetadata(hash: string): Readonly<Record<string, string>> {
  return { [hashKey]: hash };
}

/** The hash in a weight file that an import wrote; undefined for any other bytes, also where another program has written it anew. */
export function importHash(file: Uint8Array): string | undefined {
  const header = new TextDecoder().decode(file.subarray(8, 512));
  return new RegExp(`^\\{"__metadata__":\\{"${hashKey}":"([0-9a-f]{64})"`).exec(header)?.[1];
}
