import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { maxCasesBytes } from "../../src/cases/limits.ts";
import { maxFileBytes } from "../../src/files/limits.ts";
import { maxBinaryBytes, maxCasesFileBytes, maxTextBytes } from "../../src/node/limits.ts";
import { readPieces, readRegular } from "../../src/node/read-regular.ts";
import { MAX_SOURCE_LENGTH } from "../../src/syntax/limits.ts";
import { makeSandbox } from "../cli/sandbox.ts";

afterEach(() => vi.restoreAllMocks());

/** The bytes that a read asked the system for, of a file that is refused. */
function askedFor(file: string, most: number, reason: RegExp | string): number {
  const read = vi.spyOn(fs, "readSync");
  expect(() => readRegular(file, most)).toThrow(reason);
  return (read.mock.calls as unknown[][]).reduce((sum, [, , , length]) => sum + Number(length), 0);
}

test("a file of the most bytes is read, also an empty one and one that says nothing of its length", () => {
  const { folder } = makeSandbox({ full: "12345678", empty: "" });
  expect(readRegular(path.join(folder, "full"), 8)).toEqual(Buffer.from("12345678"));
  expect(readRegular(path.join(folder, "empty"), 0)).toEqual(Buffer.alloc(0));
  if (fs.existsSync("/proc/self/status")) expect(readRegular("/proc/self/status", 2 ** 16).length).toBeGreaterThan(100);
});

test("nothing is read of a file that is too long", () => {
  const { folder } = makeSandbox({ long: "123456789" });
  const file = path.join(folder, "long");
  expect(askedFor(file, 8, "has 9 bytes, more than the 8 that are read")).toBe(0);
  fs.truncateSync(file, 2 ** 40);
  expect(askedFor(file, 2 ** 30, "has 1,099,511,627,776 bytes")).toBe(0);
});

test("nothing is read of what is no regular file, and nobody is waited for", () => {
  const { folder } = makeSandbox({});
  expect(askedFor(folder, 8, "is a folder")).toBe(0);
  if (process.platform === "win32") return;
  execFileSync("mkfifo", [path.join(folder, "pipe")]);
  expect(askedFor(path.join(folder, "pipe"), 8, "is not a regular file")).toBe(0);
  expect(askedFor("/dev/zero", 8, "is not a regular file")).toBe(0);
  expect(askedFor("/dev/null", 8, "is not a regular file")).toBe(0);
});

test("a file that grows while it is read is read up to the bound", () => {
  const { folder } = makeSandbox({ grows: "12345678" });
  const file = path.join(folder, "grows");
  const { size: _, ...stats } = fs.statSync(file);
  vi.spyOn(fs, "fstatSync").mockReturnValue(
    Object.assign(Object.create(fs.statSync(file)) as fs.Stats, stats, { size: 2 }),
  );
  expect(readRegular(file, 8)).toEqual(Buffer.from("12345678"));
  expect(askedFor(file, 7, "has 8 bytes, more than the 7 that are read")).toBeLessThanOrEqual(3 + 8);
});

test("what is read of files is no less than what readers take", () => {
  expect(maxTextBytes).toBeGreaterThanOrEqual(3 * MAX_SOURCE_LENGTH);
  expect([maxBinaryBytes, maxCasesFileBytes]).toEqual([maxFileBytes, maxCasesBytes]);
});

test("a file of any length is read piece by piece, and what is no file is refused before the first", () => {
  const long = Buffer.alloc(2 ** 21 + 3, "0123456789");
  const { folder } = makeSandbox({ long, empty: "" });
  const pieces = [...readPieces(path.join(folder, "long"))];
  expect(pieces.map(({ length }) => length)).toEqual([2 ** 20, 2 ** 20, 3]);
  expect(Buffer.concat(pieces).equals(long)).toBe(true);
  expect([...readPieces(path.join(folder, "empty"))]).toEqual([]);
  expect(() => [...readPieces(folder)]).toThrow("is a folder");
  if (fs.existsSync("/proc/self/fd")) {
    const open = (): number => fs.readdirSync("/proc/self/fd").length;
    const before = open();
    for (const _ of readPieces(path.join(folder, "long"))) break;
    expect(open()).toBe(before);
  }
});
