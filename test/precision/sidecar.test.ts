import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readWeightFile, writeSafetensors } from "../../src/index.ts";
import { roundToBfloat16 } from "../../src/ir/bfloat16.ts";
import { compileCode } from "../targets/support/compile-text.ts";
import { createModel, modelOf, runModule } from "../targets/support/run-module.ts";
import { denseStacks, makeStack, stackFile, stackText, uniform, type DenseStack } from "./dense-stack.ts";

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function headerOf(file: Uint8Array): Readonly<Record<string, Entry>> {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const { __metadata__: _, ...entries } = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  return entries as Readonly<Record<string, Entry>>;
}

async function withSidecar(stack: DenseStack) {
  const files = { "net.safetensors": stackFile(stack) };
  const options = { precision: "bfloat16", weights: "file", emit: "js", unroll: "none", files } as const;
  const { text, sidecars } = await compileCode(stackText(stack, true), options);
  return { module: await runModule(text), file: sidecars.get("net.weights.safetensors") as Uint8Array };
}

const small = makeStack([3, 5, 1], ["relu", "linear"], 2);

describe("the weight file beside a module", () => {
  test("has kernels as BF16 behind all that is F32, every array at a multiple of its element's size", async () => {
    const { file } = await withSidecar(small);
    expect(headerOf(file)).toEqual({
      "d0.bias": { dtype: "F32", shape: [5], data_offsets: [0, 20] },
      "d1.bias": { dtype: "F32", shape: [1], data_offsets: [20, 24] },
      "d0.kernel": { dtype: "BF16", shape: [3, 5], data_offsets: [24, 54] },
      "d1.kernel": { dtype: "BF16", shape: [5, 1], data_offsets: [54, 64] },
    });
  });

  test("binds in a weights clause, to the same model", async () => {
    await fc.assert(
      fc.asyncProperty(denseStacks, async (stack) => {
        const { module, file } = await withSidecar(stack);
        const inputs = Float32Array.from({ length: 3 * (stack.layers[0]?.inputs ?? 0) }, uniform(4));
        const expected = createModel(module, "Net", file).forwardBatch(inputs);
        const again = await compileCode(stackText(stack, true), {
          emit: "js",
          unroll: "none",
          files: { "net.safetensors": file },
        });
        expect(modelOf(await runModule(again.text), "net").forwardBatch(inputs)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  test("is read by the module as float32 arrays of the rounded numbers", async () => {
    const { module, file } = await withSidecar(small);
    const read = module["readNetWeights"] as (bytes: Uint8Array) => Record<string, Record<string, Float32Array>>;
    const [first] = small.layers;
    expect(read(file)["d0"]?.["kernel"]).toEqual(roundToBfloat16(first?.kernel as Float32Array));
    expect(read(file)["d0"]?.["bias"]).toEqual(first?.bias);
    // At an odd address too.
    const shifted = new Uint8Array(file.length + 1);
    shifted.set(file, 1);
    expect(read(shifted.subarray(1))).toEqual(read(file));
  });

  test("may have float32 arrays for kernels, as another program writes them", async () => {
    const { module, file } = await withSidecar(small);
    const inputs = Float32Array.from({ length: 3 }, uniform(4));
    expect(createModel(module, "Net", stackFile(small)).forward(inputs)).toEqual(
      createModel(module, "Net", file).forward(inputs),
    );
  });

  test("is refused with what is wrong", async () => {
    const { module, file } = await withSidecar(small);
    const read = module["readNetWeights"] as (bytes: Uint8Array) => unknown;
    const bytes = Uint8Array.from(file);
    expect(() => read(bytes.subarray(0, bytes.length - 1))).toThrow("the weights lack the data of 'd1.kernel'");
    const asFloat = new TextEncoder().encode('"BF16","shape":[3,5]');
    const at = Buffer.from(bytes).indexOf(asFloat);
    expect(at).toBeGreaterThan(0);
    const renamed = Uint8Array.from(bytes);
    renamed.set(new TextEncoder().encode('"F016"'), at);
    expect(() => read(renamed)).toThrow("Net: the weights have 'd0.kernel' as F016 [3,5], expected F32 [3,5]");
    const transposed = Uint8Array.from(bytes);
    transposed.set(new TextEncoder().encode('"BF16","shape":[5,3]'), at);
    expect(() => read(transposed)).toThrow("Net: the weights have 'd0.kernel' as BF16 [5,3], expected BF16 [3,5]");
  });

  test("a module with float32 weights takes none of them", async () => {
    const { file } = await withSidecar(small);
    const { text } = await compileCode(stackText(small, false), { emit: "js" });
    const read = (await runModule(text))["readNetWeights"] as (bytes: Uint8Array) => unknown;
    expect(() => read(file)).toThrow("Net: the weights have 'd0.kernel' as BF16 [3,5], expected F32 [3,5]");
  });
});

test("writeSafetensors gives the numbers that the compiler's reader reads", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.float32Array({ maxLength: 9 }), fc.boolean()), { minLength: 1, maxLength: 5 }),
      async (lists) => {
        const file = writeSafetensors(
          lists.map(([data, rounded], at) => ({
            name: `a${at}.x`,
            shape: [data.length],
            data,
            ...(rounded ? { precision: "bfloat16" as const } : {}),
          })),
        );
        const { dtypes, offsets } = summary(file);
        lists.forEach(([, rounded], at) => expect(dtypes[`a${at}.x`]).toBe(rounded ? "BF16" : "F32"));
        expect(offsets).toBe(lists.reduce((sum, [data, rounded]) => sum + data.length * (rounded ? 2 : 4), 0));
        const read = await readWeightFile(file, "a.safetensors");
        const text = JSON.stringify(read, (_, value: unknown) =>
          value instanceof Float32Array ? Array.from(value, String) : value instanceof Map ? [...value] : value,
        );
        for (const [data, rounded] of lists) {
          expect(text).toContain(JSON.stringify(Array.from(rounded ? roundToBfloat16(data) : data, String)));
        }
      },
    ),
    { numRuns: 50 },
  );
});

function summary(file: Uint8Array) {
  const entries = Object.entries(headerOf(file));
  return {
    dtypes: Object.fromEntries(entries.map(([name, { dtype }]) => [name, dtype])),
    offsets: Math.max(0, ...entries.map(([, { data_offsets }]) => data_offsets[1])),
  };
}
