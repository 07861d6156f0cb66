import fc from "fast-check";
import { expect, test } from "vitest";
import { exportOnnx } from "../../src/exporters/onnx/export-onnx.ts";
import { layers } from "../../src/layers/index.ts";
import { checkSource } from "../../src/stages/check-source.ts";
import { layerCases } from "../random/layer-table.ts";
import { arraysOf } from "../random/run-stack.ts";
import { buildStack, stackPick, type Stack } from "../random/stack.ts";
import { runOnnx } from "./run-onnx.ts";

const budget = Number(process.env["RANDOM_MODELS"] ?? 400);
const seed = Number(process.env["RANDOM_SEED"] ?? 20_260_102);

/** onnxruntime computes in float32 throughout; with several layers its errors add up. */
const tolerance = 2e-4;

test("exported random models compute in onnxruntime what float64 formulas say", { timeout: 600_000 }, async () => {
  const available = layerCases.filter(({ className }) => layers.some((layer) => layer.className === className));
  const tried = new Map<string, number>();
  let models = 0;
  await fc.assert(
    fc.asyncProperty(stackPick, async (pick) => {
      const stack = buildStack(pick, available);
      models += 1;
      for (const { choice } of stack.layers) {
        const className = choice.text.replace(/\(.*/, "");
        tried.set(className, (tried.get(className) ?? 0) + 1);
      }
      await compareStack(stack);
    }),
    { numRuns: budget, seed },
  );
  const counts = [...tried].sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`);
  console.log(`${models} random models agree with onnxruntime; layers: ${counts.join(", ")}`);
  expect(available.filter(({ className }) => !tried.has(className)).map(({ className }) => className)).toEqual([]);
});

async function compareStack(stack: Stack): Promise<void> {
  const { result } = await checkSource(stack.text);
  const model = result.models.at(-1);
  if (model === undefined) throw new Error(result.diagnostics.map(({ message }) => message).join("; "));
  const inputs = Float32Array.from(stack.samples.flatMap(({ input }) => [...input.data]));
  const shape = stack.samples[0]?.input.shape ?? [];
  const found = await runOnnx(exportOnnx(model, arraysOf(model, stack), "0"), inputs, [
    stack.samples.length,
    ...shape,
  ]).catch((error: unknown) => {
    throw new Error(`${stack.text}${String(error)}`, { cause: error });
  });
  const expected = stack.samples.flatMap(({ output }) => [...output.data]);
  const outputShape = stack.samples[0]?.output.shape ?? [];
  if (found.dims.join() !== [stack.samples.length, ...outputShape].join()) {
    throw new Error(`${stack.text}the shape [${found.dims.join()}], expected [${outputShape.join()}] for each sample`);
  }
  expected.forEach((value, at) => {
    const computed = found.data[at] as number;
    if (Math.abs(computed - value) <= tolerance * Math.max(1, Math.abs(value))) return;
    throw new Error(`${stack.text}value ${at}: ${computed}, expected ${value}`);
  });
}
