import fc from "fast-check";
import { expect, test } from "vitest";
import type { Comparison } from "../../../../src/ir/arithmetic.ts";
import { float32Bound } from "../../../../src/targets/wasm/math/float32-bound.ts";

const holds: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};
const comparisons = Object.keys(holds) as readonly Comparison[];
/** The float32 numbers around a float64, and itself. */
const near = (value: number): readonly number[] =>
  [0, 1e-7, -1e-7, 2e-7, -2e-7].map((offset) => Math.fround(value * (1 + offset)));

test("every float32 compares with the bound as with the number", () => {
  const numbers = fc.oneof(fc.double(), fc.double({ min: -2, max: 2 }), fc.float().map(Number));
  fc.assert(
    fc.property(numbers, fc.float(), fc.constantFrom(...comparisons), (value, other, comparison) => {
      const bound = float32Bound(comparison, value);
      expect(Object.is(bound, Math.fround(bound))).toBe(true);
      for (const x of [other, ...near(value), Infinity, -Infinity, 0, 2 ** -149, -(2 ** -149)]) {
        expect(holds[comparison](x, bound)).toBe(holds[comparison](x, value));
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["le", 0.3, 0.29999998211860657],
  ["lt", 0.3, 0.30000001192092896],
  ["gt", 1e-60, 0],
  ["lt", 1e-60, 2 ** -149],
  ["le", 1e300, 3.4028234663852886e38],
  ["lt", 1e300, Infinity],
  ["ge", -1e300, -3.4028234663852886e38],
  ["lt", -0.5, -0.5],
] as const)("x %s %d is decided by %d", (comparison, value, bound) => {
  expect(float32Bound(comparison, value)).toBe(bound);
});
