import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { fixtureBytes, importAndBuild, layerc, readCases, toFloat32, worstError } from "../../importers/support.ts";
import { makeSandbox } from "../../cli/sandbox.ts";

describe("Keras' models, exported to ONNX and imported again, compute the same", () => {
  for (const item of [...readCases("models"), ...readCases("activation_layers")]) {
    const file = Object.values(item.files).find((name) => name.endsWith(".keras"));
    if (file === undefined) continue;
    test(item.path, async () => {
      const sandbox = makeSandbox({ "model.keras": fixtureBytes(`${item.path}/${file}`) });
      expect((await layerc(sandbox, "import", "model.keras", "--out-dir", "out", "--name", "Net")).exitCode).toBe(0);
      const exported = await layerc(sandbox, "export", "out/net.layers", "--format", "onnx");
      expect({ exitCode: exported.exitCode, stderr: exported.stderr }).toEqual({ exitCode: 0, stderr: "" });
      const bytes = new Uint8Array(fs.readFileSync(path.join(sandbox.folder, "out/net.onnx")));
      const { forwardBatch } = await importAndBuild({ "again.onnx": bytes }, "again.onnx");
      expect(worstError(forwardBatch(toFloat32(item.inputs)), item.outputs_float64)).toBeLessThan(2e-6);
    });
  }
});
