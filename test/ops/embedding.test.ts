import { describe, expect, test } from "vitest";
import { loadModule, compileModel, runModel, values, ways } from "./run-model.ts";

const text = "model M { input [3] Embedding(5, 2) }";
const arrays = [{ name: "embedding.embeddings", shape: [5, 2], data: values(10) }];

describe.each(ways)("an embedding, unroll $unroll, weights $weights", (way) => {
  test.each([1.5, -1, 5, Number.NaN, Infinity, 1e300])("refuses the index %d", async (index) => {
    const model = await runModel(text, way, arrays);
    const message = `M: the input of 'embedding' holds ${index}, expected an index: a whole number from 0 to 4`;
    expect(() => model.forward([0, index, 4])).toThrow(new RangeError(message));
    expect(() => model.forwardBatch([0, 1, 4, 0, 0, index])).toThrow(RangeError);
    // A call that has failed leaves nothing behind.
    expect([...model.forward([4, 4, 0])]).toEqual([8, 9, 8, 9, 0, 1].map((at) => arrays[0]?.data[at]));
  });

  test("takes any array of whole numbers, -0 among them", async () => {
    const model = await runModel(text, way, arrays);
    const expected = [...model.forward([1, 0, 3])];
    expect([...model.forward(Int32Array.of(1, 0, 3))]).toEqual(expected);
    expect([...model.forward([1, -0, 3])]).toEqual(expected);
  });
});

test("the name of a layer can't leave its string", async () => {
  const name = JSON.stringify('a"); throw new Error("no');
  const source = `model M { input [1] ${name}: Embedding(2, 1) }`;
  const module = await loadModule(await compileModel(source, { unroll: "auto", weights: "argument" }, []));
  expect(Object.keys(module)).toContain("createM");
});
