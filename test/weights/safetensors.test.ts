import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readWeightFile, type ReadResult } from "../../src/weights/read-weight-file.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { hasArrays, type WeightEntry } from "../../src/weights/weight-file.ts";
import { safetensorsFile as file } from "../support/safetensors-file.ts";

const read = (bytes: Uint8Array): Promise<ReadResult> => readWeightFile(bytes, "net.safetensors");

function allArrays(
  entry: WeightEntry,
): readonly { readonly source: string; readonly shape: readonly number[]; readonly data: Float32Array }[] {
  return entry.kind === "layer" ? entry.arrays : entry.entries.flatMap(allArrays);
}

const segment = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter((text) => !/[./]/.test(text));
const arrays = fc.uniqueArray(
  fc.record({
    // Equal depths: an array and a group of one name can't share a file.
    name: fc.tuple(segment, segment).map((parts) => parts.join(".")),
    shape: fc.array(fc.nat(4), { maxLength: 3 }),
    values: fc.infiniteStream(fc.float()),
  }),
  { selector: (item) => item.name, maxLength: 6 },
);

test("what is written is read back, in order and bit by bit", async () => {
  await fc.assert(
    fc.asyncProperty(arrays, async (items) => {
      const written = items.map(({ name, shape, values }) => {
        const count = shape.reduce((product, size) => product * size, 1);
        return { name, shape, data: Float32Array.from({ length: count }, () => values.next().value) };
      });
      const bytes = writeSafetensors(written);
      expect(writeSafetensors(written)).toEqual(bytes);
      expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
      const result = await read(bytes);
      if (!result.ok) throw new Error(result.failure.message);
      const found = new Map(allArrays(result.file.root).map((array) => [array.source, array]));
      expect(found.size).toBe(written.length);
      for (const { name, shape, data } of written) {
        expect(found.get(name)?.shape).toEqual(shape);
        expect(found.get(name)?.data).toEqual(data);
      }
    }),
  );
});

test.each([
  ["F64", [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], 1.5],
  ["F32", [0, 0, 0xc0, 0x3f], 1.5],
  ["F16", [0x00, 0x3e], 1.5],
  ["F16", [0x01, 0x80], -(2 ** -24)],
  ["F16", [0x00, 0x7c], Infinity],
  ["F16", [0x01, 0x7c], NaN],
  ["BF16", [0xc0, 0xbf], -1.5],
  ["I64", [254, 255, 255, 255, 255, 255, 255, 255], -2],
  ["U64", [0, 0, 0, 0, 0, 0, 0, 1], 2 ** 56],
  ["I32", [254, 255, 255, 255], -2],
  ["U32", [254, 255, 255, 255], 4294967296],
  ["I16", [254, 255], -2],
  ["U16", [254, 255], 65534],
  ["I8", [254], -2],
  ["U8", [254], 254],
])("%s %j is %d", async (dtype, bytes, value) => {
  const header = { "dense.kernel": { dtype, shape: [1], data_offsets: [0, bytes.length] } };
  const result = await read(file(JSON.stringify(header), Uint8Array.from(bytes)));
  if (!result.ok) throw new Error(result.failure.message);
  expect(allArrays(result.file.root)[0]?.data).toEqual(Float32Array.of(value));
});

test("keys nest at '/' if any has one, else at '.'", async () => {
  const names = async (keys: readonly string[]) => {
    const result = await read(writeSafetensors(keys.map((name) => ({ name, shape: [], data: Float32Array.of(1) }))));
    if (!result.ok) throw new Error(result.failure.message);
    const show = (entry: WeightEntry): unknown =>
      entry.kind === "layer"
        ? [entry.name, entry.arrays.map((array) => array.name)]
        : { [entry.name]: entry.entries.map(show) };
    return show(result.file.root);
  };
  expect(await names(["a.b.kernel", "a.c.kernel", "d.bias"])).toEqual({
    "": [
      {
        a: [
          ["b", ["kernel"]],
          ["c", ["kernel"]],
        ],
      },
      ["d", ["bias"]],
    ],
  });
  expect(await names(["a.b/kernel"])).toEqual({ "": [["a.b", ["kernel"]]] });
});

describe("hostile headers", () => {
  const one = (entry: unknown, data = 4): Uint8Array =>
    file(JSON.stringify({ "dense.kernel": entry }), new Uint8Array(data));
  const f32 = (shape: unknown, offsets: unknown) => ({ dtype: "F32", shape, data_offsets: offsets });
  test.each([
    ["a length beyond the file", file("{}", undefined, 100n), "the file ends after"],
    ["an absurd length", Uint8Array.from([255, 255, 255, 255, 255, 255, 0, 0, 0x7b, 0x7d]), "claims"],
    ["no JSON", file("{nonsense"), "not valid JSON"],
    ["bytes that are not UTF-8", file("{}").fill(0xff, 9, 10), "not UTF-8 text"],
    ["an entry that is no object", one(3), "is not an object"],
    ["no dtype", one({ shape: [1], data_offsets: [0, 4] }), "has no dtype"],
    ["an unknown dtype", one({ dtype: "constructor", shape: [1], data_offsets: [0, 4] }), "has the type constructor"],
    ["no offsets", one({ dtype: "F32", shape: [1] }), "data_offsets of 'dense.kernel'"],
    ["offsets in reverse", one(f32([1], [4, 0])), "lies at bytes 4 to 0"],
    ["offsets beyond the file", one(f32([2], [0, 8])), "the file has 4 bytes"],
    ["a negative offset", one(f32([1], [-4, 0])), "non-negative"],
    ["a fractional size", one(f32([0.5], [0, 4])), "non-negative"],
    ["a shape that overflows", one(f32([2 ** 40, 2 ** 40], [0, 4])), "above"],
    [
      "a shape that overflows to infinity",
      one(
        f32(
          Array.from({ length: 30 }, () => 2 ** 52),
          [0, 4],
        ),
      ),
      "above",
    ],
    [
      "too many axes",
      one(
        f32(
          Array.from({ length: 1000 }, () => 1),
          [0, 4],
        ),
      ),
      "1000 axes",
    ],
    ["a shape that contradicts the offsets", one(f32([3], [0, 4])), "needs 12 bytes, found 4"],
    ["bytes of no array at the end", one(f32([1], [0, 4]), 8), "4 bytes at its end"],
    [
      "a key twice",
      file(
        '{"a.b":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a\\u002eb":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}',
      ),
      "twice",
    ],
    [
      "arrays that overlap",
      file(JSON.stringify({ "a.b": f32([1], [0, 4]), "a.c": f32([1], [0, 4]) }), new Uint8Array(4)),
      "overlaps",
    ],
    ["a gap", file(JSON.stringify({ "a.b": f32([1], [4, 8]) }), new Uint8Array(8)), "no array has the"],
    [
      "a name that is both",
      writeSafetensors(["a.b.c", "a.b"].map((name) => ({ name, shape: [], data: Float32Array.of(0) }))),
      "both arrays and layers",
    ],
    [
      "a key without a layer",
      writeSafetensors([{ name: "kernel", shape: [], data: Float32Array.of(0) }]),
      "names no layer",
    ],
    [
      "deep nesting",
      writeSafetensors([{ name: "a.".repeat(5000) + "b", shape: [], data: Float32Array.of(0) }]),
      "nests deeper",
    ],
    ["deep JSON", file("[".repeat(200_000)), "not safetensors"],
    [
      "deep JSON inside",
      file(`{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`),
      "nests lists and objects deeper than 500",
    ],
  ])("%s", async (_what, bytes, message) => {
    const result = await read(bytes);
    expect(result.ok ? "read" : result.failure.message).toContain(message);
  });

  test("names of the object prototype are names", async () => {
    const names = ["__proto__.constructor", "constructor.__proto__", "toString.valueOf"];
    const result = await read(writeSafetensors(names.map((name) => ({ name, shape: [], data: Float32Array.of(1) }))));
    if (!result.ok) throw new Error(result.failure.message);
    expect(allArrays(result.file.root).map((array) => array.source)).toEqual(names);
    expect(({} as Record<string, unknown>)["kernel"]).toBeUndefined();
  });

  test("an empty header is a file without arrays", async () => {
    const result = await read(file("{}"));
    expect(result.ok && !hasArrays(result.file.root)).toBe(true);
  });

  test("every truncation is an error", async () => {
    const bytes = writeSafetensors([
      { name: "dense.kernel", shape: [2, 3], data: new Float32Array(6) },
      { name: "dense.bias", shape: [3], data: new Float32Array(3) },
    ]);
    for (let length = 0; length < bytes.length; length++) {
      expect((await read(bytes.subarray(0, length))).ok, `${length} bytes`).toBe(false);
    }
  });

  test("random bytes never throw", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.uint8Array({ maxLength: 64 }), async (header, data) => {
        const result = await read(file(header, data));
        expect(typeof result.ok).toBe("boolean");
      }),
    );
  });
});
