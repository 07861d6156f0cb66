import { crc32 } from "./crc32.ts";
import { formatCount } from "../diagnostics/format-count.ts";
import { counted } from "../diagnostics/counted.ts";
import { maxArchiveMembers, maxFileBytes, maxInflation } from "./limits.ts";
import { fail } from "./read-failure.ts";

/** A member of a zip archive, as its central directory describes it. */
interface Member {
  readonly method: number;
  readonly flags: number;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly headerOffset: number;
}

/** Reads single members of a zip archive. Fails on anything a `.keras` file never has: encryption, zip64, two of a name. */
export interface ZipArchive {
  readonly names: readonly string[];
  /** The inflated bytes, their checksum verified. Fails when there are more than `maxBytes`. */
  read(name: string, maxBytes?: number): Promise<Uint8Array>;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;

/** Reads the directory (PKWARE APPNOTE 4.3.12, 4.3.16); inflating is fflate's. */
export function openZip(bytes: Uint8Array): ZipArchive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  if (count > maxArchiveMembers) fail("too-large", `the archive has ${count} members, more than ${maxArchiveMembers}`);
  const members = new Map<string, Member>();
  let offset = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (offset + 46 > end || view.getUint32(offset, true) !== entrySignature) {
      fail("damaged", "the archive's directory is broken");
    }
    const nameEnd = offset + 46 + view.getUint16(offset + 28, true);
    if (nameEnd > end) fail("damaged", "the archive's directory is broken");
    const name = new TextDecoder().decode(bytes.subarray(offset + 46, nameEnd));
    if (members.has(name)) fail("damaged", `the archive has two members named '${name}'`);
    members.set(name, {
      flags: view.getUint16(offset + 8, true),
      method: view.getUint16(offset + 10, true),
      crc32: view.getUint32(offset + 16, true),
      packedBytes: view.getUint32(offset + 20, true),
      bytes: view.getUint32(offset + 24, true),
      headerOffset: view.getUint32(offset + 42, true),
    });
    offset = nameEnd + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  }
  // Members that lie in each other would make much out of a small archive.
  const unpacked = new Set<Member>();
  let packedBytes = 0;
  return {
    names: [...members.keys()],
    async read(name, maxBytes = maxFileBytes) {
      const member = members.get(name);
      if (member === undefined) return fail("unsupported", `the archive has no '${name}'`);
      if (!unpacked.has(member)) packedBytes += member.packedBytes;
      unpacked.add(member);
      if (packedBytes > bytes.length && member.packedBytes <= bytes.length)
        fail("damaged", "its members lie in each other");
      const content = await unpack(view, bytes, name, member, maxBytes);
      // fflate verifies none.
      if (crc32(content) !== member.crc32) fail("damaged", `the checksum of '${name}' is wrong`);
      return content;
    },
  };
}

function findEnd(view: DataView): number {
  // The record has 22 bytes and a comment of up to 65,535 after it.
  for (let offset = view.byteLength - 22; offset >= Math.max(0, view.byteLength - 22 - 0xffff); offset--) {
    const found = view.getUint32(offset, true) === endSignature;
    if (found && offset + 22 + view.getUint16(offset + 20, true) === view.byteLength) return offset;
  }
  return fail("damaged", "the archive has no directory; it may be cut off");
}

async function unpack(
  view: DataView,
  bytes: Uint8Array,
  name: string,
  member: Member,
  maxBytes: number,
): Promise<Uint8Array> {
  if ((member.flags & 1) !== 0) fail("unsupported", `'${name}' is encrypted`);
  if (member.bytes === 0xffffffff || member.packedBytes === 0xffffffff || member.bytes > maxBytes) {
    fail("too-large", `'${name}' has more than ${maxBytes} bytes`);
  }
  const header = member.headerOffset;
  if (header + 30 > bytes.length || view.getUint32(header, true) !== localSignature) {
    fail("damaged", `'${name}' is not where the archive's directory says`);
  }
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  if (start + member.packedBytes > bytes.length) fail("damaged", `'${name}' is cut off`);
  const packed = bytes.subarray(start, start + member.packedBytes);
  switch (member.method) {
    case 0:
      if (member.packedBytes !== member.bytes) fail("damaged", `'${name}' has two different sizes`);
      return packed;
    case 8:
      return inflate(packed, member.bytes, name);
    default:
      return fail(
        "unsupported",
        `'${name}' is packed with zip method ${member.method}; supported are stored and deflated`,
      );
  }
}

const inflateStepBytes = 2 ** 16;

async function inflate(packed: Uint8Array, size: number, name: string): Promise<Uint8Array> {
  // Both sizes are only claims: the result is allocated when they are plausible, and never grows beyond the claim.
  if (size > packed.length * maxInflation + 64) fail("damaged", `'${name}' claims an impossible size of ${size} bytes`);
  const { Inflate } = await import("fflate");
  const result = new Uint8Array(size);
  let written = 0;
  const stream = new Inflate((chunk) => {
    if (written + chunk.length > size)
      fail("damaged", `'${name}' is longer than the ${counted(size, "byte")} it claims`);
    result.set(chunk, written);
    written += chunk.length;
  });
  for (let offset = 0; offset < packed.length; offset += inflateStepBytes) {
    const step = packed.subarray(offset, offset + inflateStepBytes);
    try {
      stream.push(step, offset + inflateStepBytes >= packed.length);
    } catch (error) {
      // fflate's errors carry a number; ours pass through.
      if (error instanceof Error && "code" in error) fail("damaged", `'${name}' is not deflated data`);
      throw error;
    }
  }
  if (written !== size)
    fail("damaged", `'${name}' has ${counted(written, "byte")}, its archive claims ${formatCount(size)}`);
  return result;
}
