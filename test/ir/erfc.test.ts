import fc from "fast-check";
import { expect, test } from "vitest";
import { erfc } from "../../src/ir/erfc.ts";
import { x } from "../../src/ir/scalar.ts";
import { complementaryError } from "../targets/reference.ts";
import { float64Function } from "../targets/wasm/math/float64-scalar.ts";

const erfcOf = float64Function(erfc(x));
const relativeError = (value: number): number => Math.abs(erfcOf(value) / complementaryError(value) - 1);

test("the reference agrees with published values (Abramowitz & Stegun, tables 7.1 and 7.3)", () => {
  for (const [value, expected] of [
    [0.5, 0.4795001221869535],
    [1, 0.15729920705028513],
    [2, 0.004677734981047266],
    [3, 2.209049699858544e-5],
    [5, 1.5374597944280349e-12],
    [-1, 1.8427007929497148],
  ] as const) {
    expect(Math.abs(complementaryError(value) / expected - 1)).toBeLessThan(1e-11);
  }
});

test("erfc is right to 1e-8 relative, as far as the reference goes, also far out in the tail", () => {
  let worst = 0;
  for (let step = -4000; step <= 10_000; step++) worst = Math.max(worst, relativeError(step / 400));
  expect(worst).toBeLessThan(1e-8);
});

test("erfc at random arguments", () => {
  fc.assert(
    fc.property(fc.double({ min: -6, max: 26, noNaN: true }), (value) => relativeError(value) < 1e-8),
    { seed: 3, numRuns: 2000 },
  );
});

test("erfc at the ends", () => {
  expect(erfcOf(Infinity)).toBe(0);
  expect(erfcOf(100)).toBe(0);
  expect(erfcOf(-100)).toBe(2);
  expect(erfcOf(-Infinity)).toBe(2);
  expect(erfcOf(NaN)).toBeNaN();
});
