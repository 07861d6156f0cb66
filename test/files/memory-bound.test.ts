import { afterEach, beforeEach, expect, test } from "vitest";
import { withinMemory } from "../../src/files/memory-bound.ts";
import { readWeightFile } from "../../src/weights/read-weight-file.ts";
import { fixtureBytes } from "../importers/support.ts";

/** Pages that memories of WebAssembly were asked for, and what they have in bytes since. */
const asked: number[] = [];
let largest = 0;

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The types of Node know no WebAssembly. */
const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: new (size: { initial: number }) => Memory } })
  .WebAssembly;
const prototype = Memory.prototype as Memory;
const { grow } = prototype;

beforeEach(() => {
  asked.length = 0;
  largest = 0;
  prototype.grow = function (pages) {
    const before = grow.call(this, pages);
    asked.push(pages);
    largest = Math.max(largest, this.buffer.byteLength);
    return before;
  };
});
afterEach(() => {
  prototype.grow = grow;
});

test("a memory grows up to the bound, and not at all beyond it", () => {
  const memory = new Memory({ initial: 1 });
  withinMemory({ bytes: 3 * 65_536 }, () => {
    memory.grow(2);
    expect(() => memory.grow(1)).toThrow(RangeError);
  });
  expect(asked).toEqual([2]);
  memory.grow(1);
  expect(memory.buffer.byteLength).toBe(4 * 65_536);
});

test("what work throws leaves memories as they were", () => {
  const own = prototype.grow;
  expect(() => withinMemory({ bytes: 0 }, () => expect.fail("work"))).toThrow("work");
  expect(prototype.grow).toBe(own);
});

test("whatever the fields of a small HDF5 file claim, it is read in 100 MB", async () => {
  const sound = fixtureBytes("models/xor_2_8_1/model.h5");
  let refused = 0;
  for (let at = 0; at + 4 <= sound.length; at += 8) {
    const bytes = Uint8Array.from(sound);
    new DataView(bytes.buffer).setUint32(at, 0x0600_0000, true);
    const result = await readWeightFile(bytes, "model.h5");
    if (!result.ok) refused++;
  }
  expect(refused).toBeGreaterThan(50);
  expect(largest).toBeLessThan(100_000_000);
});
