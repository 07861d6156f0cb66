import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { makeSandbox, type Sandbox } from "../cli/sandbox.ts";
import { layerc } from "./support.ts";

const folder = new URL("../fixtures/cases/tfjs-ml5-classes/", import.meta.url);

/** The model with another file beside it. */
function withMeta(meta: unknown): Sandbox {
  const files = ["model.json", "model.weights.bin"].map((name) => [name, fs.readFileSync(new URL(name, folder))]);
  const text = typeof meta === "string" ? meta : JSON.stringify(meta);
  return makeSandbox({ ...Object.fromEntries(files), "model_meta.json": text });
}

const meta = JSON.parse(fs.readFileSync(new URL("model_meta.json", folder), "utf8")) as Readonly<
  Record<string, object>
>;

async function imported(sandbox: Sandbox, ...args: readonly string[]): Promise<{ source: string; stderr: string }> {
  const { exitCode, stderr } = await layerc(sandbox, "import", "model.json", "--name", "Net", ...args);
  expect(exitCode).toBe(0);
  return { source: sandbox.contents()["net.layers"] ?? "", stderr };
}

describe("what ml5 has saved beside a model is a part of it", () => {
  test("ranges of the inputs, and classes in the order of the outputs; it is said", async () => {
    const { source, stderr } = await imported(withMeta(meta));
    expect(source).toContain('labels ["Paper", "Rock", "Scissors"]');
    expect(source).toContain("normalize: Rescaling(");
    expect(stderr).toContain(
      "hint[import-carried-over]: The model includes what 'model_meta.json' of ml5 beside it says",
    );
  });

  test("inputs that were not normalised stay as they are", async () => {
    const { source } = await imported(withMeta({ ...meta, isNormalized: false }));
    expect(source).toContain("labels");
    expect(source).not.toContain("Rescaling");
  });

  test("a part of a model has neither its classes nor its outputs", async () => {
    const { source } = await imported(withMeta(meta), "--output", "dense_Dense1");
    expect(source).toContain("normalize: Rescaling(");
    expect(source).not.toContain("labels");
  });

  test("what does not fit is left out, and said", async () => {
    const { inputs } = meta as { inputs: Readonly<Record<string, object>> };
    const { source, stderr } = await imported(withMeta({ ...meta, inputs: { only: inputs["0"] } }));
    expect(source).not.toContain("Rescaling");
    expect(stderr).toContain("'model_meta.json' of ml5 beside it is of a model with 1 inputs");
  });

  test.each([
    "not JSON",
    "[]",
    "{}",
    '{"inputs": 3, "outputs": []}',
    '{"inputs": {"a": {}}, "outputs": {"b": {"legend": {}}}}',
  ])("a file of that name with %s is passed over", async (text) => {
    const { source } = await imported(withMeta(text));
    expect(source).not.toContain("normalize");
    expect(source).not.toContain("labels");
  });
});
