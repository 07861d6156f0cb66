import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, inject, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const programs = path.join(root, "test/tools/bundlers/node_modules/.bin");

function run(program: string, ...argv: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(programs, program), ...argv], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, output: `${stdout}${stderr}` };
}

test("publint finds nothing in the package", () => {
  const { status, output } = run("publint", inject("packedLayerc"), "--strict");
  expect(output).toContain("All good!");
  expect(status).toBe(0);
});

test("its types are those of its modules, for every way to resolve them in ES modules", () => {
  const { status, output } = run(
    "attw",
    inject("packedLayerc"),
    "--profile",
    "esm-only",
    "--format",
    "ascii",
    "--no-color",
  );
  expect(status, output).toBe(0);
  expect(output).toContain("layerc/webpack");
});
