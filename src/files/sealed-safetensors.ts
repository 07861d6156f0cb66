import { crc32 } from "./crc32.ts";

/** What `sealed` fills in: the last entry of the metadata of a safetensors file, whose checksum is that of all other bytes. */
export const unsealed = { checksum: "00000000" } as const;

/** How far into a file its metadata are looked for, bytes. */
const reach = 1024;

/** As `writeSafetensors` begins a file with such metadata. Another program that writes it anew begins it in another way or keeps the checksum. */
const metadata = /^\{"__metadata__":(?<fields>\{[^{}]*"checksum":"(?<checksum>[0-9a-f]{8})"\})[,}]/;

/** A safetensors file whose metadata end in `unsealed`, with its checksum there. The bytes are changed in place. */
export function sealed(file: Uint8Array): Uint8Array {
  const found = findMetadata(file);
  if (found === undefined) throw new Error("A file without a place for its checksum can't be sealed");
  file.set(new TextEncoder().encode(checksumOf(file, found.at)), found.at);
  return file;
}

/** The metadata of a file that `sealed` has been given; undefined for any other bytes. */
export function readSealed(file: Uint8Array):
  | {
      readonly fields: Readonly<Record<string, unknown>>;
      /** Whether no other byte has changed since. */ readonly intact: boolean;
    }
  | undefined {
  const found = findMetadata(file);
  return found && { fields: found.fields, intact: found.checksum === checksumOf(file, found.at) };
}

/** The metadata that end in a checksum, right or not, and where that stands. */
function findMetadata(
  file: Uint8Array,
): { readonly fields: Readonly<Record<string, unknown>>; readonly checksum: string; readonly at: number } | undefined {
  const start = String.fromCharCode(...file.subarray(8, 8 + reach));
  const { fields, checksum } = metadata.exec(start)?.groups ?? {};
  if (fields === undefined || checksum === undefined) return undefined;
  const at = 8 + '{"__metadata__":'.length + fields.length - '"}'.length - checksum.length;
  try {
    return { fields: JSON.parse(fields) as Readonly<Record<string, unknown>>, checksum, at };
  } catch {
    return undefined;
  }
}

/** Of all bytes but the eight of the checksum itself. */
function checksumOf(file: Uint8Array, at: number): string {
  const before = crc32(file.subarray(0, at));
  return crc32(file.subarray(at + unsealed.checksum.length), before)
    .toString(16)
    .padStart(8, "0");
}
