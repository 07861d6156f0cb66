import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bfloat16Bits, packBfloat16, roundToBfloat16 } from "../../src/ir/bfloat16.ts";
import { nearestBfloat16 } from "./dense-stack.ts";

const float32 = fc.float({ noNaN: true });
const round = (value: number): number => roundToBfloat16(Float32Array.of(value))[0] as number;

describe("rounding to bfloat16", () => {
  test("gives the nearest number, of two the one with an even fraction", () => {
    fc.assert(
      fc.property(float32, (value) => {
        expect(round(value)).toBe(nearestBfloat16(value));
      }),
      { numRuns: 5000 },
    );
  });

  test("meets ties and their neighbours", () => {
    const ties = fc.tuple(fc.integer({ min: 0, max: 0x7f7f }), fc.constantFrom(-1, 0, 1), fc.boolean());
    fc.assert(
      fc.property(ties, ([upper, aside, negative]) => {
        const bits = ((upper << 16) | 0x8000) + aside;
        const value = (negative ? -1 : 1) * (new Float32Array(Uint32Array.of(bits).buffer)[0] as number);
        expect(round(value)).toBe(nearestBfloat16(value));
      }),
      { numRuns: 5000 },
    );
  });

  test("changes nothing that is bfloat16", () => {
    const every = new Uint32Array(2 ** 16).map((_, upper) => upper << 16);
    const numbers = new Float32Array(every.buffer);
    expect(roundToBfloat16(numbers)).toEqual(numbers);
  });

  test("keeps the order of numbers", () => {
    fc.assert(fc.property(float32, float32, (a, b) => a > b || round(a) <= round(b)));
  });

  test.each([
    ["NaN", NaN, 0x7fc0],
    ["infinity", Infinity, 0x7f80],
    ["minus infinity", -Infinity, 0xff80],
    ["zero", 0, 0],
    ["minus zero", -0, 0x8000],
    ["the largest bfloat16 number", 2 ** 128 - 2 ** 120, 0x7f7f],
    ["the largest float32 number, which is nearer to 2^128", 2 ** 128 - 2 ** 104, 0x7f80],
    ["the smallest float32 number", 2 ** -149, 0],
    ["the smallest bfloat16 number", 2 ** -133, 1],
  ])("%s", (_, value, bits) => {
    expect(bfloat16Bits(value).toString(16)).toBe(bits.toString(16));
  });

  test("a NaN of any payload stays NaN", () => {
    const nans = Uint32Array.of(0x7f800001, 0x7fffffff, 0xffffffff, 0xff80_0001);
    expect([...roundToBfloat16(new Float32Array(nans.buffer))]).toEqual([NaN, NaN, NaN, NaN]);
  });
});

test("packed rows of eight have the first four numbers in the low halves and the others in the high ones", () => {
  const words = packBfloat16(Float32Array.from({ length: 11 }, (_, at) => at + 1));
  const [one, two, three, four, five, six, seven, eight, nine, ten, eleven] = Array.from({ length: 11 }, (_, at) =>
    bfloat16Bits(at + 1),
  ) as [number, number, number, number, number, number, number, number, number, number, number];
  const word = (low: number, high: number): number => low + high * 2 ** 16;
  expect([...words]).toEqual([
    word(one, five),
    word(two, six),
    word(three, seven),
    word(four, eight),
    nine,
    ten,
    eleven,
    0,
  ]);
});
