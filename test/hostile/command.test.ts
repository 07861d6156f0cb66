import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { makeSandbox } from "../cli/sandbox.ts";
import { quickCompiler as compiler } from "../support/quick-compiler.ts";
import { exampleFiles } from "./examples.ts";

/** The command as it is installed: `npm test` builds it before. */
const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

const good = "model Good { input [2] Dense(2) }";
const iris = 'model M { weights "./iris.keras" input [4] Dense(16, activation=relu) Dense(3, activation=softmax) }';
const irisBytes = exampleFiles.get("iris.keras") as Uint8Array;

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A command that failed for what a file holds says so and writes nothing. */
function expectRefusal({ status, stdout, stderr }: { status: number | null; stdout: string; stderr: string }): void {
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(/^error\[/) });
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toMatch(/[^\n\x20-\x7e\u0080-\uffff]/);
}

test.each<readonly [string, Files]>([
  ["a layer of 1e15 units", { "bad.layers": "model M { input [4] Dense(1e15) }" }],
  ["a billion layers", { "bad.layers": "model M { input [4] repeat 1e9 { Dense(4) } }" }],
  ["the largest layers", { "bad.layers": "model M { input [4] repeat 99 { Dense(2**26) } }" }],
  [
    "cyclic imports",
    { "bad.layers": 'import { a } from "./b.layers"', "b.layers": 'import { a } from "./bad.layers"' },
  ],
  ["a name of JavaScript", { "bad.layers": "model Class { input [4] Dense(1) }" }],
  ["control characters", { "bad.layers": "model \u001b[31m { \u0000 }" }],
  ["an empty weight file", { "bad.layers": iris, "iris.keras": "" }],
  ["half of a weight file", { "bad.layers": iris, "iris.keras": irisBytes.slice(0, irisBytes.length / 2) }],
])("layerc build with %s: exit code 1, no output, no stack", async (_title, files) => {
  const sandbox = makeSandbox({ ...files, "good.layers": good });
  const before = Object.keys(sandbox.contents());
  const { exitCode, ...printed } = await sandbox.run(["build", "bad.layers", "good.layers"], { compiler });
  expectRefusal({ status: exitCode, ...printed });
  expect(Object.keys(sandbox.contents())).toEqual(before);
});

// With the stack that a process has.
test.each<readonly [string, Files]>([
  ["10,000 open brackets", { "bad.layers": `let a = ${"[".repeat(10_000)}` }],
  ["10,000 open blocks", { "bad.layers": `model M { input [4] ${"repeat 2 { ".repeat(10_000)}` }],
])("layerc build as a process with %s: exit code 1, no output, no stack", (_title, files) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-hostile-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries({ ...files, "good.layers": good })) {
    fs.writeFileSync(path.join(folder, name), content);
  }
  const before = fs.readdirSync(folder);
  expectRefusal(
    spawnSync(process.execPath, [cli, "build", "bad.layers", "good.layers"], { cwd: folder, encoding: "utf8" }),
  );
  expect(fs.readdirSync(folder)).toEqual(before);
});

test("changed bytes in models and weights: 0 with an output or 1 without, and never 3", async () => {
  const change = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 3 });
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(change, change, fc.boolean(), async (inText, inWeights, cut) => {
      const text = new TextEncoder().encode(iris);
      const weights =
        cut && inWeights.length > 0
          ? irisBytes.slice(0, (inWeights[0]?.[0] ?? 0) % irisBytes.length)
          : irisBytes.slice();
      for (const [at, byte] of inText) text[at % text.length] = byte;
      for (const [at, byte] of inWeights) if (weights.length > 0) weights[at % weights.length] = byte;
      const sandbox = makeSandbox({ "m.layers": text, "iris.keras": weights });
      const { exitCode, stdout } = await sandbox.run(["build", "m.layers"], { compiler });
      seen.add(exitCode);
      const written = fs.existsSync(path.join(sandbox.folder, "m.ts"));
      // 2: bytes that are no UTF-8.
      expect([0, 1, 2]).toContain(exitCode);
      if (exitCode !== 0) expect({ written, stdout }).toEqual({ written: false, stdout: "" });
      fs.rmSync(sandbox.folder, { recursive: true });
    }),
    { numRuns: 120 },
  );
  expect(seen).toContain(0);
  expect(seen).toContain(1);
});
