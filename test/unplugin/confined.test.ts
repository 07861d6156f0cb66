import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { compileModule } from "../../src/unplugin/compile-module.ts";
import { makeSandbox } from "../cli/sandbox.ts";

const settings = {
  options: {},
  confined: true,
  types: "d.layers.ts",
  diagnostics: [],
  sources: [],
  dependencies: [],
} as const;

test("a plugin that is confined to the project compares no declarations with what lies outside", async () => {
  const { folder } = makeSandbox({
    "p/package.json": "{}",
    "p/m.layers": "model M { input [2] Dense(1) }",
    "outside.ts": "export const secret = 1;\n",
  });
  const root = path.join(folder, "p");
  fs.symlinkSync("../outside.ts", path.join(root, "m.d.layers.ts"));
  const { output, diagnostics } = await compileModule(path.join(root, "m.layers"), root, settings);
  expect(output).toBeDefined();
  expect(diagnostics).toMatchObject([
    { severity: "warning", message: expect.stringContaining("'m.d.layers.ts': it lies outside of the project") },
  ]);
});
