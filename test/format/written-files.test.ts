import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";
import { formatSource } from "../../src/format/format-source.ts";
import { makeSandbox } from "../cli/sandbox.ts";

const root = fileURLToPath(new URL("../../examples/", import.meta.url));

test("the examples are formatted", async () => {
  const files = globSync("**/*.layers", { cwd: root, ignore: ["**/node_modules/**"] });
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const text = readFileSync(root + file, "utf8");
    expect(await formatSource(text), file).toBe(text);
  }
});

test("the model that layerc init writes is formatted", async () => {
  const sandbox = makeSandbox({ "package.json": "{}" });
  await sandbox.run(["init"]);
  const text = sandbox.contents()["models/xor.layers"] as string;
  expect(await formatSource(text)).toBe(text);
});
