import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { sidecarMetadata } from "../../src/weights/sidecar-mark.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { safetensorsFile } from "../support/safetensors-file.ts";
import { compileCode } from "./support/compile-text.ts";
import { createModel, runModule, type AnyModule } from "./support/run-module.ts";

const source = `model Inner { input [2]  Dense(2) }  model Net { input [2]  Inner  "a.b\\"c": Dense(1, use_bias=false) }`;
const arrays = [
  { name: "inner.dense.kernel", shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
  { name: "inner.dense.bias", shape: [2], data: Float32Array.of(0.5, -0.5) },
  { name: `a.b"c.kernel`, shape: [2, 1], data: Float32Array.of(1, 10) },
];
const good = writeSafetensors(arrays);

let module: AnyModule;
const read = (bytes: unknown): unknown => (module["readNetWeights"] as (bytes: unknown) => unknown)(bytes);
const run = (bytes: Uint8Array | ArrayBuffer): readonly number[] => [
  ...createModel(module, "Net", bytes).forward([1, 1]),
];

beforeAll(async () => {
  module = await runModule((await compileCode(source, { emit: "js" })).text);
});

/** A file with a header of its own, whatever it says. */
function file(header: string, dataBytes = 0, claimed?: number): Uint8Array {
  return safetensorsFile(header, new Uint8Array(dataBytes), claimed);
}

test("reads bytes however they come: Uint8Array, ArrayBuffer, a view at an odd offset, a Buffer from Node's pool", () => {
  const expected = [1 + 3 + 0.5 + 10 * (2 + 4 - 0.5)];
  const shifted = new Uint8Array(good.length + 3);
  shifted.set(good, 3);
  const pooled = Buffer.from(good);
  expect(pooled.buffer.byteLength).toBeGreaterThan(pooled.length);
  for (const bytes of [good, good.slice().buffer, shifted.subarray(3), pooled]) expect(run(bytes)).toEqual(expected);
  pooled.fill(0);
  const weights = read(Buffer.from(good)) as { inner: { dense: { kernel: Float32Array } } };
  expect([...weights.inner.dense.kernel]).toEqual([1, 2, 3, 4]);
});

test("array order and metadata do not matter", () => {
  expect(run(writeSafetensors(arrays.toReversed()))).toEqual(run(good));
  expect(run(writeSafetensors(arrays, sidecarMetadata("Net")))).toEqual(run(good));
  const header = JSON.parse(new TextDecoder().decode(good.subarray(8, 8 + good[0]! + 256 * good[1]!))) as object;
  const other = JSON.stringify({ __metadata__: { format: "pt", note: "prüfen" }, ...header });
  const bytes = file(other, 32);
  bytes.set(good.subarray(-32), bytes.length - 32);
  expect(run(bytes)).toEqual(run(good));
});

test.each([
  ["empty", new Uint8Array(0)],
  ["seven bytes", new Uint8Array(7)],
  ["zeros", new Uint8Array(64)],
  ["an enormous header", file("{}", 0, 2 ** 52)],
  ["no JSON", file("{,}")],
  ["no UTF-8", Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe)],
  ["null", file("null")],
  ["a number", file("17")],
  ["a list", file("[]")],
  ["an empty object", file("{}")],
  ["an entry that is null", file(`{"inner.dense.kernel":null}`)],
  ["an entry that is a number", file(`{"inner.dense.kernel":5}`)],
  ["an entry without shape", file(`{"inner.dense.kernel":{"dtype":"F32"}}`)],
  ["a shape that is a text", file(`{"inner.dense.kernel":{"dtype":"F32","shape":"2, 2","data_offsets":[0,16]}}`, 16)],
  ["no offsets", file(`{"inner.dense.kernel":{"dtype":"F32","shape":[2,2]}}`, 16)],
  ["offsets that are null", file(`{"inner.dense.kernel":{"dtype":"F32","shape":[2,2],"data_offsets":null}}`, 16)],
  ["one offset", file(`{"inner.dense.kernel":{"dtype":"F32","shape":[2,2],"data_offsets":[0]}}`, 16)],
  ["offsets past the end", file(`{"inner.dense.kernel":{"dtype":"F32","shape":[2,2],"data_offsets":[8,24]}}`, 16)],
  ["negative offsets", file(`{"inner.dense.kernel":{"dtype":"F32","shape":[2,2],"data_offsets":[-16,0]}}`, 16)],
  ["fractional offsets", file(`{"inner.dense.kernel":{"dtype":"F32","shape":[2,2],"data_offsets":[0.5,16.5]}}`, 32)],
  ["offsets as texts", file(`{"inner.dense.kernel":{"dtype":"F32","shape":[2,2],"data_offsets":["0","16"]}}`, 16)],
  ["another type", file(`{"inner.dense.kernel":{"dtype":"F16","shape":[2,2],"data_offsets":[0,8]}}`, 16)],
  ["__proto__", file(`{"__proto__":{"inner.dense.kernel":{}}}`)],
])("hostile bytes are RangeErrors: %s", (_, bytes) => {
  let thrown: unknown;
  try {
    read(bytes);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(RangeError);
  expect((thrown as Error).message).toMatch(/^Net: /);
});

test("a wrong shape says what was found and what was expected", () => {
  const turned = writeSafetensors([{ ...arrays[0]!, shape: [4, 1] }, ...arrays.slice(1)]);
  expect(() => read(turned)).toThrow(
    new RangeError("Net: the weights have 'inner.dense.kernel' as F32 [4,1], expected F32 [2,2]"),
  );
  expect(() => read(writeSafetensors(arrays.slice(1)))).toThrow(
    new RangeError("Net: the weights lack 'inner.dense.kernel'"),
  );
});

test("truncated and damaged files are read or refused, never anything else", () => {
  for (let length = 0; length < good.length; length++) {
    expect(() => read(good.slice(0, length)), `${length} bytes`).toThrow(RangeError);
  }
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }), (changes) => {
      const bytes = good.slice();
      for (const [at, value] of changes) bytes[at] = value;
      try {
        read(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
    { seed: 2, numRuns: 2000 },
  );
});
