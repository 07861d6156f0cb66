import { expect, test } from "vitest";
import { below, createGenerator } from "../../../src/fit/loop/generator.ts";
import { epochOrder } from "../../../src/fit/loop/epoch-order.ts";

test("each number below a bound comes about as often, at each place of an order, too", () => {
  const generator = createGenerator(1, 1);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let at = 0; at < 100_000; at++) counts[below(10, generator)]! += 1;
  // Five standard deviations of a binomial distribution.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(9000));

  const firsts = Array.from({ length: 4 }, () => 0);
  for (let epoch = 1; epoch <= 4000; epoch++) firsts[epochOrder(4, 3, epoch, true)[0] as number]! += 1;
  for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(750));
});

test("numbers stay what they are: a run of today goes on from a checkpoint of yesterday", () => {
  const generator = createGenerator(42, 3);
  expect([generator(), generator(), generator()]).toMatchInlineSnapshot(`
    [
      2094443500,
      3404642862,
      2554015396,
    ]
  `);
  expect([...epochOrder(8, 0, 1, true)]).toMatchInlineSnapshot(`
    [
      7,
      2,
      1,
      5,
      4,
      3,
      0,
      6,
    ]
  `);
});

test("neither seed, near or far, nor epoch gives the order of another", () => {
  const orders = [0, 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER].flatMap((seed) =>
    [1, 2, 3].map((epoch) => String(epochOrder(12, seed, epoch, true))),
  );
  expect(new Set(orders).size).toBe(15);
});
