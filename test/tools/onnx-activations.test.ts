import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { exportOnnx } from "../../src/exporters/onnx/export-onnx.ts";
import { checkSource } from "../../src/stages/check-source.ts";
import { kerasFixtures, type Recorded } from "../importers/support.ts";
import { runOnnx } from "./run-onnx.ts";

interface Entry {
  readonly function: string;
  readonly args: Readonly<Record<string, number | boolean>>;
  readonly output: Recorded;
  readonly output_torch: Recorded;
  readonly output_float64: Recorded;
}

const { input, functions } = JSON.parse(
  fs.readFileSync(new URL("activations/elementwise.json", kerasFixtures), "utf8"),
) as { readonly input: Recorded; readonly functions: Readonly<Record<string, Entry>> };

describe("activations in onnxruntime, as Keras computes them", () => {
  for (const [name, entry] of Object.entries(functions)) {
    test(name, async () => {
      const args = Object.entries(entry.args).map(([key, value]) => `${key}=${value}`);
      const call = `${entry.function}${args.length === 0 ? "" : `(${args.join(", ")})`}`;
      const { result } = await checkSource(`model Net { input [${input.data.length}] Activation(${call}) }`);
      const [model] = result.models;
      if (model === undefined) throw new Error(result.diagnostics.map(({ message }) => message).join("; "));
      const bytes = exportOnnx(model, new Map(), "0");
      const grid = Float32Array.from(input.data, Number);
      const { data } = await runOnnx(bytes, grid, [1, grid.length]);
      const wrong = [...grid].flatMap((x, at) => {
        const found = data[at] as number;
        const fits = [entry.output, entry.output_torch, entry.output_float64].some((reference) => {
          const wanted = Number(reference.data[at]);
          const equal = Object.is(found, wanted) || (Number.isNaN(found) && Number.isNaN(wanted)) || found === wanted;
          return equal || Math.abs(found - wanted) <= 2e-6 * Math.max(1, Math.abs(wanted));
        });
        return fits ? [] : [`f(${x}) = ${found}, expected ${entry.output_float64.data[at]}`];
      });
      expect(wrong).toEqual([]);
    });
  }
});
