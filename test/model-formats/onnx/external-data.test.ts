import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { makeSandbox } from "../../cli/sandbox.ts";
import { layerc } from "../../importers/support.ts";

const folder = new URL("../../fixtures/cases/onnx-external-data/", import.meta.url);
const model = fs.readFileSync(new URL("m.onnx", folder));
const data = fs.readFileSync(new URL("m.onnx.data", folder));

/** The model with another name of as many characters for its file of arrays. */
function naming(name: string): Uint8Array {
  expect(name).toHaveLength("m.onnx.data".length);
  return Buffer.from(model.toString("latin1").replaceAll("m.onnx.data", name), "latin1");
}

async function messageOf(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const { exitCode, stderr } = await layerc(makeSandbox(files), "import", "m.onnx");
  expect(exitCode).toBe(1);
  return stderr;
}

describe("arrays in a file beside the model", () => {
  test("that is not there", async () => {
    expect(await messageOf({ "m.onnx": model })).toContain(
      "error[import-incomplete]: The model file is not whole: its file of arrays 'm.onnx.data' can't be read: no such file",
    );
  });

  test("that is too short", async () => {
    expect(await messageOf({ "m.onnx": model, "m.onnx.data": data.subarray(0, 20) })).toMatch(
      /lies beyond the end of 'm\.onnx\.data'; the two files may not belong together/,
    );
  });

  test.each(["../nnx.data", "/onnx.datas", "a\\onnx.data", "a/../x.data"])("not from %s", async (name) => {
    expect(await messageOf({ "m.onnx": naming(name), "m.onnx.data": data })).toContain(
      "which is no file beside the model",
    );
  });

  test("a build in one step watches it", async () => {
    const sandbox = makeSandbox({ "m.onnx": model, "m.onnx.data": data });
    const { exitCode } = await layerc(sandbox, "build", "m.onnx", "--depfile", "m.d");
    expect(exitCode).toBe(0);
    expect(sandbox.contents()["m.d"]).toContain("m.onnx.data");
  });
});
