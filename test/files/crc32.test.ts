import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 } from "../../src/files/crc32.ts";

test("crc32 is the checksum that zlib writes behind gzip's data", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const packed = gzipSync(bytes);
      expect(crc32(bytes)).toBe(packed.readUInt32LE(packed.length - 8));
    }),
  );
});
