import { unzipSync } from "fflate";

/** The members of an archive; undefined where this reader, which believes fields that say what others say too, gives up. */
export function unzipped(
  bytes: Uint8Array,
): readonly { readonly name: string; readonly content: Uint8Array }[] | undefined {
  const text = Buffer.from(bytes).toString("latin1");
  // It takes the number and the place of members from the end of the file, whatever is there, as others do not.
  const end = text.lastIndexOf("PK\u0005\u0006");
  if (end < 0 || end + 22 > bytes.length) return undefined;
  const fields = new DataView(bytes.buffer, bytes.byteOffset + end, 22);
  const listed = text.split("PK\u0001\u0002").length - 1;
  const isWhole =
    fields.getUint16(8, true) === listed &&
    fields.getUint16(10, true) === listed &&
    fields.getUint32(16, true) + fields.getUint32(12, true) === end;
  if (!isWhole) return undefined;
  try {
    const members = Object.entries(unzipSync(bytes)).map(([name, content]) => ({ name, content }));
    return listed === members.length ? members : undefined;
  } catch {
    return undefined;
  }
}
