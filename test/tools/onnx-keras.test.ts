import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { makeSandbox } from "../cli/sandbox.ts";
import { fixtureBytes, layerc, readCases, toFloat32, worstError } from "../importers/support.ts";
import { runOnnx } from "./run-onnx.ts";

/** onnxruntime computes in float32; Keras' own float32 differs from float64 as much. */
const tolerance = 1e-5;

describe("Keras' models, imported and exported by the command line, agree in onnxruntime", () => {
  for (const item of [...readCases("models"), ...readCases("activation_layers")]) {
    const file = Object.values(item.files).find((name) => /\.(keras|h5)$/.test(name) && !name.includes("weights"));
    if (file === undefined) continue;
    test(item.path, async () => {
      const sandbox = makeSandbox({ [file]: fixtureBytes(`${item.path}/${file}`) });
      const imported = await layerc(sandbox, "import", file, "--name", "Net");
      const exported = await layerc(sandbox, "export", "net.layers", "--format", "onnx");
      expect([imported.exitCode, exported.exitCode, exported.stderr]).toEqual([0, 0, ""]);
      const bytes = new Uint8Array(fs.readFileSync(path.join(sandbox.folder, "net.onnx")));
      const { data, dims } = await runOnnx(bytes, toFloat32(item.inputs), item.inputs.shape);
      expect(dims).toEqual(item.outputs_float64.shape);
      expect(worstError(data, item.outputs_float64)).toBeLessThan(tolerance);
    });
  }
});

test("the digits model in integers agrees with itself in float32", async () => {
  const file = new URL("../../examples/digits.keras", import.meta.url);
  const sandbox = makeSandbox({ "digits.keras": new Uint8Array(fs.readFileSync(file)) });
  const outputs = async (...options: readonly string[]): Promise<Float32Array> => {
    const exported = await layerc(sandbox, "export", "digits.keras", "--format", "onnx", "--force", ...options);
    expect([exported.exitCode, exported.stderr]).toEqual([0, ""]);
    const bytes = new Uint8Array(fs.readFileSync(path.join(sandbox.folder, "digits.onnx")));
    const inputs = Float32Array.from({ length: 20 * 64 }, (_, at) => ((at * 7919) % 17) / 16);
    return (await runOnnx(bytes, inputs, [20, 64])).data;
  };
  const exact = await outputs();
  const integers = await outputs("--precision", "int8");
  const worst = Math.max(...integers.map((value, at) => Math.abs(value - (exact[at] as number))));
  expect(worst).toBeLessThan(0.05);
  expect(worst).toBeGreaterThan(1e-5);
});
