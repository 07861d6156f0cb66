import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
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
