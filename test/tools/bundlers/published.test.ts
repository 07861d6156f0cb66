import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const programs = path.join(root, "test/tools/bundlers/node_modules/.bin");

function pack(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-published-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const argv = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout } = spawnSync("npm", argv, { cwd: root, encoding: "utf8" });
  const [archive] = JSON.parse(stdout) as readonly { readonly filename: string }[];
  return path.join(folder, archive?.filename ?? "");
}

function run(program: string, ...argv: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(programs, program), ...argv], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, output: `${stdout}${stderr}` };
}

test("publint finds nothing in the package", { timeout: 60_000 }, () => {
  const { status, output } = run("publint", pack(), "--strict");
  expect(output).toContain("All good!");
  expect(status).toBe(0);
});

test("its types are those of its modules, for every way to resolve them in ES modules", { timeout: 60_000 }, () => {
  const { status, output } = run("attw", pack(), "--profile", "esm-only", "--format", "ascii", "--no-color");
  expect(status, output).toBe(0);
  expect(output).toContain("layerc/webpack");
});
