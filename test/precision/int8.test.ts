import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { readSafetensors } from "../../src/weights/readers/safetensors.ts";
import { compileCode, type TextOptions } from "../targets/support/compile-text.ts";
import { createModel, modelOf, runModule, type AnyModel } from "../targets/support/run-module.ts";
import { makeStack, stackFile, stackText, uniform, type DenseStack } from "./dense-stack.ts";
import { int8Outputs } from "./int8-reference.ts";

type Storage = "inline" | "file" | "argument";
const storages: readonly Storage[] = ["inline", "file", "argument"];

async function instance(stack: DenseStack, storage: Storage, options: TextOptions = {}): Promise<AnyModel> {
  const file = stackFile(stack);
  const { text, sidecars } = await compileCode(stackText(stack, storage !== "argument"), {
    precision: "int8",
    emit: "js",
    weights: storage === "file" ? "file" : "inline",
    files: { "net.safetensors": file },
    ...options,
  });
  const module = await runModule(`${text}// ${Math.random()}`);
  if (storage === "inline") return modelOf(module, "net");
  return createModel(module, "Net", storage === "file" ? sidecars.get("net.weights.safetensors") : file);
}

/** Layers that are large enough for integers, and a last one that is not. */
const stacks: fc.Arbitrary<DenseStack> = fc
  .record({
    inputs: fc.integer({ min: 16, max: 150 }),
    hidden: fc.integer({ min: 16, max: 90 }),
    outputs: fc.integer({ min: 40, max: 75 }),
    activation: fc.constantFrom("relu" as const, "linear" as const),
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
  })
  .filter(({ inputs, hidden, outputs }) => inputs * hidden >= 4096 && hidden * outputs >= 4096)
  .map(({ inputs, hidden, outputs, activation, seed }) =>
    makeStack([inputs, hidden, outputs], [activation, "linear"], seed),
  );

afterEach(() => vi.unstubAllGlobals());

describe("modules with int8 kernels", () => {
  test("compute the same bits on every path, from every storage", async () => {
    await fc.assert(
      fc.asyncProperty(stacks, fc.integer({ min: 1, max: 13 }), async (stack, count) => {
        const random = uniform(count);
        const inputs = Float32Array.from({ length: count * (stack.layers[0]?.inputs ?? 0) }, () => 3 * random());
        const expected = int8Outputs(stack, inputs);
        for (const storage of storages) {
          for (const options of [{}, { unroll: "none" }, { target: "wasm" }] as const) {
            expect((await instance(stack, storage, options)).forwardBatch(inputs)).toEqual(expected);
          }
          vi.stubGlobal("WebAssembly", undefined);
          expect((await instance(stack, storage, { target: "wasm" })).forwardBatch(inputs)).toEqual(expected);
          vi.unstubAllGlobals();
        }
      }),
      { numRuns: 2 },
    );
  });
});

describe("what an int8 module and its file look like", () => {
  const stack = makeStack([784, 128, 10], ["relu", "linear"], 4);
  const files = { "net.safetensors": stackFile(stack) };
  const options = { emit: "js", target: "wasm", files } as const;

  test("at most 0.3 times the bytes of a module with float32 weights, gzipped too", async () => {
    const sizes = async (precision: "float32" | "int8"): Promise<readonly [number, number]> => {
      const { text } = await compileCode(stackText(stack, true), { ...options, precision });
      return [text.length, gzipSync(text).length];
    };
    const [whole, small] = [await sizes("float32"), await sizes("int8")];
    expect(small[0] / whole[0]).toBeLessThan(0.3);
    expect(small[1] / whole[1]).toBeLessThan(0.3);
  });

  test("the file has bytes and scales, and binds in a weights clause to the same model", async () => {
    const built = { ...options, precision: "int8", weights: "file" } as const;
    const { text, sidecars } = await compileCode(stackText(stack, true), built);
    const file = sidecars.get("net.weights.safetensors") as Uint8Array;
    const header = new TextDecoder().decode(
      file.subarray(8, 8 + new DataView(file.buffer, file.byteOffset).getUint32(0, true)),
    );
    expect(header).toContain('"d0.kernel":{"dtype":"I8","shape":[784,128]');
    expect(header).toContain('"d0.kernel_scale":{"dtype":"F32","shape":[128]');
    // The last layer is too small to be computed in integers.
    expect(header).toContain('"d1.kernel":{"dtype":"F32","shape":[128,10]');
    expect(file.length).toBeLessThan(0.3 * 4 * 784 * 128);

    const inputs = Float32Array.from({ length: 3 * 784 }, uniform(4));
    const expected = createModel(await runModule(text), "Net", file).forwardBatch(inputs);
    const again = await compileCode(stackText(stack, true), {
      ...options,
      precision: "int8",
      files: { "net.safetensors": file },
    });
    expect(modelOf(await runModule(again.text), "net").forwardBatch(inputs)).toEqual(expected);
  });

  test("scales of another shape are a damaged file", () => {
    const file = writeSafetensors([
      { name: "dense.kernel", shape: [2, 3], data: new Float32Array(6), precision: "int8" },
      { name: "dense.kernel_scale", shape: [2], data: new Float32Array(2) },
    ]);
    expect(() => readSafetensors(file)).toThrow("does not scale the units of 'dense.kernel'");
  });
});
