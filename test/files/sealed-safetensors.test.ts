import fc from "fast-check";
import { expect, test } from "vitest";
import { readSealed, sealed, unsealed } from "../../src/files/sealed-safetensors.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";

const arrays = [{ name: "d.kernel", shape: [3], data: Float32Array.of(1, 2, 3) }];

test("a sealed file is intact until a byte of it changes", () => {
  const file = sealed(writeSafetensors(arrays, { format: "layerc", model: "Net", ...unsealed }));
  const fields = { format: "layerc", model: "Net", checksum: expect.stringMatching(/^[0-9a-f]{8}$/) as string };
  expect(readSealed(file)).toEqual({ fields, intact: true });
  fc.assert(
    fc.property(fc.integer({ min: 8, max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, bits) => {
      const changed = file.slice();
      changed[at]! ^= bits;
      // Undefined, where the metadata themselves are damaged.
      expect(readSealed(changed)?.intact ?? false).toBe(false);
    }),
  );
});

test("a file without a place for a checksum is not sealed, nor are other bytes", () => {
  expect(readSealed(writeSafetensors(arrays, { format: "layerc", model: "Net" }))).toBeUndefined();
  expect(readSealed(writeSafetensors(arrays))).toBeUndefined();
  expect(readSealed(new Uint8Array(4))).toBeUndefined();
  expect(readSealed(writeSafetensors(arrays, { format: "layerc", ...unsealed }))).toMatchObject({ intact: false });
  expect(() => sealed(writeSafetensors(arrays, { format: "layerc" }))).toThrow("without a place");
});
