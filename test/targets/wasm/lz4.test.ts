import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compressLz4 } from "../../../src/targets/wasm/lz4.ts";
import { compileText } from "../support/compile-text.ts";

/** The decoder as a generated module has it. */
const decode = await decoder();

async function decoder(): Promise<(block: Uint8Array, size: number) => Uint8Array> {
  const { text } = await compileText("model M { input [4] Dense(3) }", { target: "wasm", emit: "js" });
  const functions = text.match(/^function decodeLz4\([^]*?^\}$/m);
  return new Function(`${functions?.[0]}\nreturn decodeLz4;`)() as Awaited<ReturnType<typeof decoder>>;
}

/** Compresses bytes and checks that the decoder gives them back; the size of the block. */
function roundTrip(bytes: Uint8Array): number {
  const block = compressLz4(bytes);
  expect(Buffer.from(decode(block, bytes.length)).equals(bytes)).toBe(true);
  return block.length;
}

/** Bytes that look random (xorshift). */
function noise(length: number): Uint8Array {
  let state = 2_463_534_242;
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
}

describe("LZ4 blocks", () => {
  test("give any bytes back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => void roundTrip(bytes)),
      { numRuns: 300 },
    );
  });

  test("give repetitive bytes back", () => {
    const few = fc.uint8Array({ max: 2, maxLength: 400 });
    const repeated = fc
      .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 300 })), {
        maxLength: 12,
      })
      .map((runs) =>
        Uint8Array.from(runs.flatMap(([bytes, times]) => Array.from({ length: times }, () => [...bytes]).flat())),
      );
    fc.assert(
      fc.property(fc.oneof(few, repeated), (bytes) => void roundTrip(bytes)),
      { numRuns: 300 },
    );
  });

  test.each([0, 1, 4, 5, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 269, 270, 271, 274, 275, 65_536, 70_000])(
    "of %d equal bytes",
    (length) => {
      const size = roundTrip(new Uint8Array(length).fill(7));
      if (length > 100) expect(size).toBeLessThan(20 + length / 255);
    },
  );

  test("of random bytes are hardly larger than they are, however many", () => {
    for (const length of [14, 15, 269, 270, 271, 300_000]) {
      expect(roundTrip(noise(length))).toBeLessThan(length + 16 + length / 250);
    }
  });

  test("reach back 65,535 bytes and no further", () => {
    for (const [distance, saved] of [
      [65_535, 60],
      [65_536, 0],
    ] as const) {
      const bytes = noise(distance + 200);
      const before = roundTrip(bytes);
      bytes.copyWithin(distance, 0, 64);
      expect(Math.abs(before - roundTrip(bytes) - saved)).toBeLessThan(5);
    }
  });

  test("end with literals, as the format wants", () => {
    fc.assert(
      fc.property(fc.integer({ min: 13, max: 2000 }), fc.integer({ min: 1, max: 6 }), (length, period) => {
        const bytes = Uint8Array.from({ length }, (_, at) => at % period);
        const block = compressLz4(bytes);
        expect(block.slice(-5)).toEqual(bytes.slice(-5));
      }),
    );
  });

  test("take no more time for a byte the more equal bytes there are", () => {
    // Counted in reads of bytes: a search of all earlier places would take a hundred times as many.
    const reads = (length: number): number => {
      let count = 0;
      const bytes = Uint8Array.from({ length }, (_, at) => (at % 64 < 8 ? at >> 6 : at % 64));
      compressLz4(
        new Proxy(bytes, {
          get(target, key) {
            const value: unknown = Reflect.get(target, key, target);
            if (key !== "length" && typeof value === "number") count++;
            return typeof value === "function" ? value.bind(target) : value;
          },
        }),
      );
      return count / length;
    };
    expect(reads(20_000)).toBeLessThan(2 * reads(5_000) + 1);
  });
});
