import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { bodyOf, importAndBuild, worstError } from "../../../importers/support.ts";
import { onnx } from "../make-onnx.ts";
import { someNumbers, type OperatorModel } from "./operator-model.ts";
import { operatorModels as models } from "./index.ts";

const file = new URL("./values.json", import.meta.url);
const recorded = (): Record<string, readonly number[]> =>
  JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, readonly number[]>;

/** Samples for a model: small whole numbers where it takes such. */
function samplesOf({ samples = [4, 3], type }: OperatorModel): readonly number[] {
  const numbers = someNumbers(
    samples.reduce((product, size) => product * size, 1),
    5,
  );
  if (type === "bool") return numbers.map((value) => (value > 0 ? 1 : 0));
  return type === undefined || type.startsWith("float")
    ? numbers
    : numbers.map((value) => Math.abs(Math.round(value * 9)));
}

/**
 * What onnxruntime computes. With its folder in ONNXRUNTIME the values are recorded anew:
 * `ONNXRUNTIME=.../node_modules/onnxruntime-node npx vitest run --config test/vitest.config.ts <this file>`
 */
const runtime = process.env["ONNXRUNTIME"];

async function record(folder: string): Promise<void> {
  const { default: ort } = (await import(
    /* @vite-ignore */ pathToFileURL(path.join(folder, "dist/index.js")).href
  )) as { default: OnnxRuntime };
  const values: Record<string, readonly number[]> = {};
  for (const item of models) {
    const { name, model, samples = [4, 3], type = "float32", output } = item;
    const session = await ort.InferenceSession.create(
      onnx({ ...model, outputs: output === undefined ? (model.outputs ?? ["y"]) : [output] }),
      { graphOptimizationLevel: "disabled" },
    );
    const typed = typedArrays[type].from(samplesOf(item) as number[]);
    const found = await session.run(
      item.columns === undefined
        ? { x: new ort.Tensor(type, typed, samples) }
        : Object.fromEntries(
            item.columns.map((column, at) => [column, new ort.Tensor(type, columnOf(item, at), [4, 1])]),
          ),
    );
    values[name] = Array.from(found[output ?? "y"]?.data ?? [], Number);
  }
  fs.writeFileSync(file, `${JSON.stringify(values)}\n`);
}

function columnOf(item: OperatorModel, at: number): Float32Array {
  const width = item.columns?.length ?? 1;
  return Float32Array.from(samplesOf(item).filter((_, index) => index % width === at));
}

interface OnnxRuntime {
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: object,
    ): Promise<{ run(feeds: object): Promise<Record<string, { data: ArrayLike<number> }>> }>;
  };
  readonly Tensor: new (type: string, data: unknown, dims: readonly number[]) => object;
}

const typedArrays = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  uint8: Uint8Array,
  bool: Uint8Array,
  int32: Int32Array,
  int64: { from: (values: number[]) => BigInt64Array.from(values, BigInt) },
} as const;

if (runtime !== undefined) await record(runtime);

describe("models as their producers write them compute what onnxruntime does", () => {
  test.each(models.map((item) => [item.name, item] as const))("%s", async (name, item) => {
    const bytes = onnx(item.model);
    const { source, forwardBatch } = await importAndBuild({ "net.onnx": bytes }, "net.onnx");
    expect(bodyOf(source)).toBe(item.body);
    const data = recorded()[name];
    expect(data).toBeDefined();
    const found = forwardBatch(Float32Array.from(samplesOf(item)));
    expect(worstError(found, { shape: [], data: data ?? [] })).toBeLessThan(2e-6);
  });

  test("each has its values, and no others are kept", () => {
    expect(Object.keys(recorded()).sort()).toEqual(models.map(({ name }) => name).sort());
  });
});
