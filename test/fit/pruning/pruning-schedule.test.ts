import fc from "fast-check";
import { expect, test } from "vitest";
import { sparsityBefore } from "../../../src/fit/pruning/pruning-schedule.ts";

test("grows by the cubic of Zhu and Gupta, to the sparsity behind the last step, and not beyond", () => {
  const plan = { sparsity: 0.8, steps: 100 };
  expect([0, 10, 50, 90, 100, 101].map((step) => sparsityBefore(step, plan))).toEqual([
    0,
    0.8 * (1 - 0.9 ** 3),
    0.8 * (1 - 0.5 ** 3),
    0.8 * (1 - (1 - 0.9) ** 3),
    0.8,
    undefined,
  ]);
});

test("however many steps there are, it prunes some hundred times at most, always more, and all in the end", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), fc.double({ min: 0, max: 0.99, noNaN: true }), (steps, sparsity) => {
      const shares = Array.from({ length: steps + 2 }, (_, step) => sparsityBefore(step, { sparsity, steps })).filter(
        (found) => found !== undefined,
      );
      expect(shares.length).toBeLessThanOrEqual(101);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBe(sparsity);
    }),
  );
});
