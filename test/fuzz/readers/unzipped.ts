import { unzipSync } from "fflate";

/** The members of an archive; undefined where this reader, which believes fields that say what others say too, gives up. */
export function unzipped(
  bytes: Uint8Array,
): readonly { readonly name: string; readonly content: Uint8Array }[] | undefined {
  try {
    return Object.entries(unzipSync(bytes)).map(([name, content]) => ({ name, content }));
  } catch {
    return undefined;
  }
}
