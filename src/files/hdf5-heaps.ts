import { fail } from "./read-failure.ts";

/** "GCOL", version 1, three reserved zeros, read as a little-endian uint64. */
const signature = 0x00000001_4c4f4347n;
const headerBytes = 16;

/**
 * Checks the chains of objects in the global heap collections, which hold variable-length strings (HDF5 File Format
 * Specification 3.0, III.E): the HDF5 library loops forever on some broken ones. Collections start at multiples of 8.
 */
export function checkGlobalHeaps(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; start + headerBytes <= bytes.length; start += 8) {
    // A quick look at one byte keeps the scan of large arrays cheap.
    if (bytes[start] === 0x47 && view.getBigUint64(start, true) === signature) checkCollection(view, start);
  }
}

function checkCollection(view: DataView, start: number): void {
  const size = view.getBigUint64(start + 8, true);
  if (size > BigInt(view.byteLength - start) || size < BigInt(headerBytes)) {
    fail("damaged", "a heap of strings is broken; the file may be cut off");
  }
  const end = start + Number(size);
  const seen = new Set<number>();
  let offset = start + headerBytes;
  // What is left after the last object may be too short for an object's header.
  while (offset + headerBytes <= end) {
    const index = view.getUint16(offset, true);
    const objectBytes = view.getBigUint64(offset + 8, true);
    // Object 0 is the free space up to the end, its own header included.
    if (index === 0) {
      if (objectBytes !== BigInt(end - offset)) fail("damaged", "the free space in a heap of strings is broken");
      return;
    }
    if (seen.has(index) || objectBytes > BigInt(end - offset - headerBytes)) {
      fail("damaged", "a heap of strings is broken");
    }
    seen.add(index);
    offset += headerBytes + Math.ceil(Number(objectBytes) / 8) * 8;
  }
}
