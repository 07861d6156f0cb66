import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { makeSandbox, type Sandbox } from "../cli/sandbox.ts";
import { layerc } from "./support.ts";

const folder = new URL("../fixtures/cases/", import.meta.url);

/** Files of the real producers of each format, with the outputs that these compute, in folders of their own. */
function caseOf(name: string): Sandbox {
  const files = fs.readdirSync(new URL(`${name}/`, folder));
  return makeSandbox(
    Object.fromEntries(files.map((file) => [file, fs.readFileSync(new URL(`${name}/${file}`, folder))])),
  );
}

describe("files of other producers are imported with their meaning", () => {
  test.each([
    ["tfjs-hard-sigmoid", "model.json"],
    ["tfjs-gelu-new", "model.json"],
    ["onnx-prelu-opset8", "m.onnx"],
    ["onnx-prelu-opset8-square", "m.onnx"],
    ["onnx-shape-start-flatten", "m.onnx"],
  ])("%s: %s computes what its producer does", async (name, file) => {
    const sandbox = caseOf(name);
    const imported = await layerc(sandbox, "import", file, "--name", "Net");
    expect(imported.stderr).toBe("");
    const verified = await layerc(sandbox, "verify", "net.layers", "--against", "cases.json");
    expect(verified).toMatchObject({ exitCode: 0 });
  });
});

describe("what would compute something else is refused by name", () => {
  test.each([["onnx-dropout-training", "m.onnx", "node 'y' (Dropout) is in training mode"]])(
    "%s: %s",
    async (name, file, reason) => {
      const { exitCode, stderr } = await layerc(caseOf(name), "import", file);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(reason);
    },
  );
});

test("every case is tried", () => {
  const text = fs.readFileSync(new URL(import.meta.url), "utf8");
  expect(fs.readdirSync(folder).filter((name) => !text.includes(`"${name}"`))).toEqual([]);
});
