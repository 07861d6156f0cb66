import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../../src/cli/run.ts";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { fakeCompile } from "../cli/train/fake-trainer.ts";
import { irisModel, irisRows } from "../cli/train/training-sandbox.ts";
import { version } from "../../src/version.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("src/cli/README.md names the fields of --format json, and no others", async () => {
  const page = readFileSync(`${root}src/cli/README.md`, "utf8");
  const [, described = ""] = /```jsonc\n([^]*?)```/.exec(page) ?? [];
  const stated = new Set([...described.matchAll(/"(\w+)":/g)].map((match) => match[1] as string));

  // One run with a fix, a label, help and a related place; the others are fine.
  const wrong = ["model A {", "  input [4]", '  Dense(8, activation="relu") -> [9]', "  Danse(3)", "}"].join("\n");
  const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-docs-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const wrongFile = path.join(folder, "wrong.layers");
  writeFileSync(wrongFile, wrong);

  const casesFile = path.join(folder, "cases.json");
  writeFileSync(casesFile, '{ "inputs": [[1]], "outputs": [[3]] }');
  const doubleFile = path.join(folder, "double.layers");
  writeFileSync(doubleFile, "model Double { input [1] Rescaling(2) }");

  const irisFile = path.join(folder, "iris.layers");
  writeFileSync(irisFile, irisModel);
  const boundFile = path.join(folder, "bound.layers");
  writeFileSync(boundFile, irisModel.replace("input", 'weights "./iris.safetensors"\n  input'));
  const dataFile = path.join(folder, "iris.csv");
  writeFileSync(dataFile, irisRows(20));

  const found = new Set<string>();
  for (const argv of [
    ["check", wrongFile],
    ["check", "examples/deep.layers"],
    ["summary", "examples/sequence.layers"],
    ["summary", irisFile],
    ["explain"],
    ["explain", "import-unreadable"],
    ["verify", doubleFile, "--against", casesFile],
    ["train", irisFile, "--data", dataFile, "--epochs", "1", "--validation-split", "0.2"],
    ["prune", boundFile, "--data", dataFile, "--epochs", "2", "--sparsity", "0.5"],
    ["check", "--fix", wrongFile],
    ["build", "--check", "--explain", "examples/sequence.layers"],
    ["build", "--check", "--explain", "--target", "wasm", "examples/sequence.layers"],
    ["build", "--check", "--explain", "--precision", "bfloat16", "examples/iris.layers"],
    ["build", "--check", "--explain", "--training", irisFile],
  ]) {
    let stdout = "";
    await run([...argv, "--format", "json"], version, {
      cwd: root,
      variables: {},
      stdout: { write: (printed) => void (stdout += printed), isTerminal: false },
      stderr: { write: () => undefined, isTerminal: false },
      files: nodeFileSystem,
      compileTrainer: fakeCompile(),
      loadCompiler: () => import("../../src/compile.ts"),
    });
    collectKeys(JSON.parse(stdout), found);
  }
  expect([...found].toSorted()).toEqual([...stated].toSorted());
});

function collectKeys(value: unknown, keys: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (!Array.isArray(value)) keys.add(key);
    collectKeys(part, keys);
  }
}
