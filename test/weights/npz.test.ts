import { zipSync } from "fflate";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readWeightFile } from "../../src/weights/read-weight-file.ts";
import { loadWeights } from "../../src/weights/load-weights.ts";
import { bind, caseModel, dense, fixture, memoryHost, model, nested, readNpz } from "./support.ts";

/** A `.npy` file as numpy writes it. */
function npy(
  descr: string,
  shape: readonly number[],
  data: Uint8Array,
  options: { readonly fortran?: boolean; readonly version?: 1 | 2 } = {},
): Uint8Array {
  const { fortran = false, version = 1 } = options;
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': (${axes}), }`;
  const start = version === 1 ? 10 : 12;
  const header = text.padEnd(Math.ceil((start + text.length + 1) / 64) * 64 - start - 1).concat("\n");
  const file = new Uint8Array(start + header.length + data.length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(file.buffer);
  if (version === 1) view.setUint16(8, header.length, true);
  else view.setUint32(8, header.length, true);
  file.set(new TextEncoder().encode(header), start);
  file.set(data, start + header.length);
  return file;
}

function floats(values: readonly number[], littleEndian = true): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [at, value] of values.entries()) view.setFloat32(at * 4, value, littleEndian);
  return new Uint8Array(view.buffer);
}

async function problem(bytes: Uint8Array): Promise<string> {
  const result = await readWeightFile(bytes, "w.npz");
  return result.ok ? "read" : `${result.failure.kind}: ${result.failure.message}`;
}

const layer = [dense("dense", 2, 3, { bias: false })];

describe("weights.npz of Keras", () => {
  test.each(["iris_4_16_3", "nested_sequential", "custom_names", "twelve_dense"])("%s binds", async (name) => {
    const bytes = fixture(`keras/models/${name}/weights.npz`);
    const expected = [...readNpz(bytes).values()];
    const wanted = caseModel(name, "w.npz");
    const { arrays, diagnostics } = await loadWeights([wanted], memoryHost({ "w.npz": bytes }));
    expect(diagnostics).toEqual([]);
    expect([...(arrays.get(wanted) as ReadonlyMap<string, Float32Array>).values()]).toEqual(expected);
  });
});

describe("arrays", () => {
  const expected = Float32Array.of(1, 2, 3, 4, 5, 6);
  test.each([
    ["little-endian", npy("<f4", [2, 3], floats([1, 2, 3, 4, 5, 6]))],
    ["big-endian", npy(">f4", [2, 3], floats([1, 2, 3, 4, 5, 6], false))],
    ["in Fortran's order", npy("<f4", [2, 3], floats([1, 4, 2, 5, 3, 6]), { fortran: true })],
    ["of version 2", npy("<f4", [2, 3], floats([1, 2, 3, 4, 5, 6]), { version: 2 })],
    ["of doubles", npy("<f8", [2, 3], new Uint8Array(Float64Array.of(1, 2, 3, 4, 5, 6).buffer))],
    ["of bytes", npy("|u1", [2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6))],
  ])("%s", async (_what, array) => {
    const { own, codes } = await bind(layer, "w.npz", zipSync({ "dense/kernel.npy": array }));
    expect(codes).toEqual([]);
    expect(own?.get("dense/kernel")).toEqual(expected);
  });

  test("the name of the model in front is left away, that of a nested model is not", async () => {
    const array = npy("<f4", [2, 3], floats([1, 2, 3, 4, 5, 6]));
    const outer = [nested("encoder", model("Encoder", layer))];
    const plain = await bind(outer, "w.npz", zipSync({ "encoder/dense/kernel.npy": array }));
    const wrapped = await bind(outer, "w.npz", zipSync({ "net/encoder/dense/kernel.npy": array }));
    expect([plain.codes, wrapped.codes]).toEqual([[], []]);
    expect(plain.own?.get("encoder/dense/kernel")).toEqual(expected);
    expect(wrapped.own?.get("encoder/dense/kernel")).toEqual(expected);
  });

  test.each([
    ["a Python object", npy("|O", [1], new Uint8Array(8)), "unsupported: 'd/k' has the type |O"],
    ["complex numbers", npy("<c8", [1], new Uint8Array(8)), "unsupported: 'd/k' has the type <c8"],
    ["too few values", npy("<f4", [2, 3], floats([1])), "damaged: 'd/k' of shape [2, 3] needs 24 bytes, found 4"],
    ["an absurd size", npy("<f4", [2 ** 40, 2 ** 40], floats([1])), "too-large"],
    ["no array", new Uint8Array(20), "damaged: 'd/k' is not a .npy array"],
    ["a cut header", npy("<f4", [1], floats([1])).subarray(0, 40), "damaged: 'd/k' is cut off"],
    ["version 9", Uint8Array.from(npy("<f4", [1], floats([1])), (byte, at) => (at === 6 ? 9 : byte)), "unsupported"],
  ])("%s is an error", async (_what, array, message) => {
    expect(await problem(zipSync({ "d/k.npy": array }))).toContain(message);
  });

  test("arrays without names are refused with a remedy", async () => {
    expect(await problem(zipSync({ "arr_0.npy": npy("<f4", [1], floats([1])) }))).toContain("savez(file, **arrays)");
  });

  test("no damage throws", async () => {
    const file = zipSync({ "dense/kernel.npy": [npy("<f4", [2, 3], floats([1, 2, 3, 4, 5, 6])), { level: 0 }] });
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(255), async (at, byte) => {
        const damaged = file.slice();
        damaged[at] = byte;
        expect(typeof (await problem(damaged))).toBe("string");
      }),
      { numRuns: 300 },
    );
  });
});
