import fc from "fast-check";
import { expect, test } from "vitest";
import { exportOnnx } from "../../../src/exporters/onnx/export-onnx.ts";
import { layers } from "../../../src/layers/index.ts";
import { checkSource } from "../../../src/stages/check-source.ts";
import { lowerModel } from "../../../src/stages/lower-model.ts";
import { makeUnit } from "../../../src/stages/make-unit.ts";
import { planModel } from "../../../src/stages/plan-model.ts";
import { emitTypeScript } from "../../../src/targets/typescript/emit.ts";
import { importModel } from "../../../src/importers/index.ts";
import { layerCases } from "../../random/layer-table.ts";
import { arraysOf } from "../../random/run-stack.ts";
import { buildStack, stackPick, type Stack } from "../../random/stack.ts";

const budget = Number(process.env["RANDOM_MODELS"] ?? 300);
const seed = Number(process.env["RANDOM_SEED"] ?? 20_260_103);

/** What becomes several nodes that no layer is made of again, or what ONNX can't say without knowing a size. */
const oneWay = /GroupNormalization|sparsemax|rms_scaling=true/;

test("random models come back from ONNX as the same function", async () => {
  let back = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(stackPick, async (pick) => {
      const stack = buildStack(pick, available);
      if (await comesBack(stack)) back += 1;
      else refused += 1;
    }),
    { numRuns: budget, seed },
  );
  console.log(`${back} random models came back from ONNX, ${refused} were refused with a reason`);
  expect(back).toBeGreaterThan(budget / 2);
});

/** An Einsum is not taken apart again. */
const available = layerCases.filter(
  ({ className }) => className !== "EinsumDense" && layers.some((layer) => layer.className === className),
);

/** Whether the export could be imported; throws where it computes something else, or is refused without need. */
async function comesBack(stack: Stack): Promise<boolean> {
  const { result } = await checkSource(stack.text);
  const model = result.models.at(-1);
  if (model === undefined) throw new Error(result.diagnostics.map(({ message }) => message).join("; "));
  const bytes = exportOnnx(model, arraysOf(model, stack), "0");
  const files = new Map([["net.onnx", bytes]]);
  const host = {
    resolve: (_: string, relative: string) => relative.replace("./", ""),
    readText: async () => ({ ok: false, reason: "no such file" }) as const,
    readBytes: async (path: string) => {
      const content = files.get(path);
      return content === undefined
        ? ({ ok: false, reason: "no such file" } as const)
        : ({ ok: true, content } as const);
    },
  };
  const { value, diagnostics } = await importModel("net.onnx", { host, name: "Net" });
  if (value === undefined) {
    if (oneWay.test(stack.text) || /several sizes/.test(diagnostics[0]?.message ?? "")) return false;
    throw new Error(`${stack.text}${diagnostics.map(({ message }) => message).join("; ")}`);
  }
  files.set("net.safetensors", value.weights({}));
  const imported = await checkSource({ path: "net.layers", text: value.source }, { host });
  const again = imported.result.models.at(-1);
  if (again === undefined) throw new Error(value.source);
  const arrays = imported.weights.get(again) ?? new Map<string, Float32Array>();
  const unit = await makeUnit(await planModel(lowerModel({ model: again, binding: { kind: "inline", arrays } })));
  const { text, restore } = emitTypeScript([unit], { emit: "js", version: "0", sourceName: "net.layers" });
  const net = new Function(`${restore(text).replace(/^export /gm, "")}\nreturn net;`)() as {
    forward(input: Float32Array, output: undefined, dims: object): Float32Array;
  };
  const time = stack.dims["time"];
  const dims = Object.fromEntries(again.dims.map((dim) => [dim, time]));
  for (const { input, output } of stack.samples) {
    const found = net.forward(Float32Array.from(input.data), undefined, dims);
    output.data.forEach((expected, at) => {
      const computed = found[at] as number;
      if (Math.abs(computed - expected) <= 1e-5 * Math.max(1, Math.abs(expected))) return;
      throw new Error(`${stack.text}${value.source}value ${at}: ${computed}, expected ${expected}`);
    });
  }
  return true;
}
