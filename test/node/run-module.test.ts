import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { runModule } from "../../src/node/run-module.ts";
import { makeSandbox, systemError } from "../cli/sandbox.ts";

afterEach(() => vi.restoreAllMocks());

const text = 'export const name = "Straße";\nexport const sum = (a, b) => a + b;\n';

async function runs(): Promise<void> {
  const { name, sum } = await runModule(text);
  expect([name, (sum as (a: number, b: number) => number)(1, 2)]).toEqual(["Straße", 3]);
}

test("a module runs from a temporary file that nobody sees afterwards", async () => {
  const { folder } = makeSandbox({});
  vi.spyOn(os, "tmpdir").mockReturnValue(folder);
  await runs();
  expect(fs.readdirSync(folder)).toEqual([]);
});

test.each<readonly [string, () => void]>([
  ["is missing", () => vi.spyOn(os, "tmpdir").mockReturnValue(path.join(makeSandbox({}).folder, "none"))],
  ["is a file", () => vi.spyOn(os, "tmpdir").mockReturnValue(path.join(makeSandbox({ file: "" }).folder, "file"))],
  ["is read-only", () => vi.spyOn(fs, "mkdtempSync").mockImplementation(() => fail("EROFS"))],
  ["is full", () => vi.spyOn(fs, "writeFileSync").mockImplementation(() => fail("ENOSPC"))],
  ["keeps what is in it", () => vi.spyOn(fs, "rmSync").mockImplementation(() => fail("EPERM"))],
])("a module runs where the temporary folder %s", async (_, breakFolder) => {
  const { folder } = makeSandbox({});
  vi.spyOn(os, "tmpdir").mockReturnValue(folder);
  breakFolder();
  await runs();
});

test("what a module throws is not taken for a fault of the folder", async () => {
  await expect(runModule('throw Object.assign(new Error("own"), { code: "ENOSPC" });')).rejects.toThrow("own");
});

function fail(code: string): never {
  throw systemError(code);
}
