import { expect, test } from "vitest";

test("toEqual compares typed arrays by kind, length and each number", () => {
  const array = Float32Array.of(1, NaN, 0);
  expect(array).toEqual(Float32Array.of(1, NaN, 0));
  expect({ list: [array] }).toEqual({ list: [Float32Array.of(1, NaN, 0)] });
  for (const other of [
    Float32Array.of(1, NaN, -0),
    Float32Array.of(1, 2, 0),
    Float32Array.of(1, NaN),
    Float32Array.of(1, NaN, 0, 0),
    Float64Array.of(1, NaN, 0),
    [1, NaN, 0],
  ]) {
    expect(array).not.toEqual(other);
    expect(other).not.toEqual(array);
  }
  expect(() => expect(array).toEqual(Float32Array.of(1, 2, 0))).toThrow("to deeply equal");
});
