import { unzipSync } from "fflate";

/** The members of an archive; undefined where this reader, which believes fields that say what others say too, gives up. */
export function unzipped(
  bytes: Uint8Array,
): readonly { readonly name: string; readonly content: Uint8Array }[] | undefined {
  try {
    const members = Object.entries(unzipSync(bytes)).map(([name, content]) => ({ name, content }));
    // It takes the number of members from the end of the file, as others do not.
    const listed = Buffer.from(bytes).toString("latin1").split("PK\u0001\u0002").length - 1;
    return listed === members.length ? members : undefined;
  } catch {
    return undefined;
  }
}
