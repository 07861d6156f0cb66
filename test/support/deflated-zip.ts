import { gzipSync } from "node:zlib";
import { Zip, type ZipInputFile } from "fflate";

/** A zip archive whose members zlib has deflated: fflate takes seconds for the zeros of a bomb. */
export function deflatedZip(members: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    chunks.push(chunk);
  });
  for (const [filename, content] of Object.entries(members)) {
    // Ten bytes before the deflated ones, after them their checksum and number.
    const packed = gzipSync(content, { level: 9 });
    const crc = packed.readUInt32LE(packed.length - 8);
    const file: ZipInputFile = { filename, compression: 8, size: content.length, crc };
    zip.add(file);
    file.ondata?.(null, packed.subarray(10, -8), true);
  }
  zip.end();
  return Uint8Array.from(Buffer.concat(chunks));
}
