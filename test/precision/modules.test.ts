import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { writeSafetensors } from "../../src/index.ts";
import { compileCode, compileText, type TextOptions } from "../targets/support/compile-text.ts";
import { createModel, modelOf, runModule, type AnyModel } from "../targets/support/run-module.ts";
import { denseStacks, makeStack, nearestBfloat16, stackFile, stackOutputs, stackText, uniform } from "./dense-stack.ts";
import type { DenseStack } from "./dense-stack.ts";

type Storage = "inline" | "file" | "argument";
const storages: readonly Storage[] = ["inline", "file", "argument"];

/** A stack compiled with bfloat16 weights. */
async function instance(stack: DenseStack, storage: Storage, options: TextOptions = {}): Promise<AnyModel> {
  return (await instances(stack, storage, options))();
}

/** The same for several instances, each of a module of its own. */
async function instances(
  stack: DenseStack,
  storage: Storage,
  options: TextOptions = {},
): Promise<() => Promise<AnyModel>> {
  const file = stackFile(stack);
  const { text, sidecars } = await compileCode(stackText(stack, storage !== "argument"), {
    precision: "bfloat16",
    emit: "js",
    weights: storage === "file" ? "file" : "inline",
    files: { "net.safetensors": file },
    ...options,
  });
  let count = 0;
  return async () => {
    const module = await runModule(`${text}// ${count++}`);
    if (storage === "inline") return modelOf(module, "net");
    return createModel(module, "Net", storage === "file" ? sidecars.get("net.weights.safetensors") : file);
  };
}

function samplesFor({ layers }: DenseStack, count: number): Float32Array {
  const random = uniform(count);
  return Float32Array.from({ length: count * (layers[0]?.inputs ?? 0) }, random);
}

function expectClose(found: Float32Array, expected: Float64Array): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, at) =>
    expect(Math.abs((found[at] as number) - value) / Math.max(1, Math.abs(value))).toBeLessThan(2e-6),
  );
}

afterEach(() => vi.unstubAllGlobals());

describe("modules with bfloat16 weights compute with rounded kernels and with biases as they are", () => {
  test("straight-line code, loops, tiled loops, WebAssembly and what stands in for it, from every storage", async () => {
    await fc.assert(
      fc.asyncProperty(denseStacks, fc.integer({ min: 1, max: 9 }), async (stack, count) => {
        const inputs = samplesFor(stack, count);
        const expected = stackOutputs(stack, inputs, nearestBfloat16);
        for (const options of [{}, { unroll: "none" }, { target: "wasm" }] as const) {
          const make = await Promise.all(storages.map((storage) => instances(stack, storage, options)));
          const run = async (): Promise<readonly Float32Array[]> => {
            const models = await Promise.all(make.map((one) => one()));
            return models.map((model) => model.forwardBatch(inputs));
          };
          const found = [await run()];
          if ("target" in options) {
            vi.stubGlobal("WebAssembly", undefined);
            found.push(await run());
            vi.unstubAllGlobals();
          }
          for (const results of found) {
            const [inline, file, argument] = results;
            results.forEach((result) => expectClose(result, expected));
            expect(argument).toEqual(file);
            // Straight-line code reads literals where weights are known.
            if ("target" in options || "unroll" in options) expect(inline).toEqual(file);
          }
        }
      }),
      { numRuns: 4 },
    );
  });

  test("rounding is visible in the results, so that the tests above can fail", () => {
    const stack = makeStack([20, 9], ["linear"], 3);
    const inputs = samplesFor(stack, 2);
    const rounded = stackOutputs(stack, inputs, nearestBfloat16);
    const exact = stackOutputs(stack, inputs, (weight) => weight);
    expect(Math.max(...rounded.map((value, at) => Math.abs(value - (exact[at] as number))))).toBeGreaterThan(1e-4);
  });

  const shapes: readonly (readonly [number, number])[] = [
    ...[1, 3, 4, 5, 7, 8, 9, 12, 13, 16, 17, 63, 64, 65].map((units): readonly [number, number] => [50, units]),
    // Sums in blocks of inputs; several groups of panels.
    [300, 70],
    [1100, 24],
    [40, 200],
  ];

  test.each(["typescript", "wasm"] as const)("whole and broken panels, one and many samples: %s", async (target) => {
    for (const [inputCount, units] of shapes) {
      const stack = makeStack([inputCount, units], ["linear"], units);
      const inputs = samplesFor(stack, 21);
      const expected = stackOutputs(stack, inputs, nearestBfloat16);
      for (const unroll of target === "wasm" ? (["auto"] as const) : (["auto", "none"] as const)) {
        const model = await instance(stack, "inline", { target, unroll });
        expectClose(model.forwardBatch(inputs), expected);
        expectClose(model.forward(inputs.subarray(0, inputCount)), expected.subarray(0, units));
      }
    }
  });

  test.each(storages)("NaN, infinities and numbers beyond bfloat16: %s", async (storage) => {
    const special = [NaN, Infinity, -Infinity, 3.4e38, -3.4e38, 1e-45, -0, 1];
    const stack: DenseStack = {
      layers: [
        {
          inputs: 1,
          units: 8,
          activation: "linear",
          kernel: Float32Array.from(special),
          bias: new Float32Array(8),
        },
      ],
    };
    const expected = [NaN, Infinity, -Infinity, Infinity, -Infinity, 0, 0, 1];
    for (const options of [{}, { unroll: "none" }, { target: "wasm" }] as const) {
      const found = [...(await instance(stack, storage, options)).forward([1])].map((value) => value + 0);
      expect(found).toEqual(expected);
    }
  });

  test("layers on inputs of higher rank, with run-time dims, nested and wrapped", async () => {
    const text = `
      model Inner { input [6] Dense(5, activation=relu) }
      dim time
      model Net { input [time, 6] TimeDistributed(Dense(6)) Dense(6) }
      model Outer { input [6] Inner Dense(3) }`;
    const { text: module, declarations } = await compileCode(text, { precision: "bfloat16", emit: "js" });
    expect(declarations).not.toBe("");
    const exported = await runModule(module);
    // 1 + 2^-9 is not bfloat16, the nearest number is 1.
    const near = 1 + 2 ** -9;
    const filled = (size: number): Float32Array => new Float32Array(size).fill(near);
    const net = createModel(exported, "Net", {
      time_distributed: { dense: { kernel: filled(36), bias: new Float32Array(6) } },
      dense: { kernel: filled(36), bias: new Float32Array(6).fill(near) },
    });
    expect([...net.forward(new Float32Array(12).fill(1))]).toEqual(Array(12).fill(36 + near));
    const outer = createModel(exported, "Outer", {
      inner: { dense: { kernel: filled(30), bias: new Float32Array(5) } },
      dense: { kernel: filled(15), bias: new Float32Array(3) },
    });
    expect([...outer.forward(new Float32Array(6).fill(1))]).toEqual([30, 30, 30]);
  });

  test("arrays that are no kernels of Dense layers stay float32", async () => {
    const near = Math.fround(1 + 2 ** -9);
    const text = `model Net { input [2] Dense(2, use_bias=false) PReLU() BatchNormalization(epsilon=0) }`;
    for (const target of ["typescript", "wasm"] as const) {
      const { text: module } = await compileCode(text, { precision: "bfloat16", emit: "js", target });
      const pair = (value: number): Float32Array => new Float32Array(2).fill(value);
      const net = createModel(await runModule(module), "Net", {
        dense: { kernel: Float32Array.of(near, 0, 0, near) },
        p_re_lu: { alpha: pair(near) },
        batch_normalization: { gamma: pair(near), beta: pair(0), moving_mean: pair(0), moving_variance: pair(1) },
      });
      const [positive, negative] = net.forward([1, -1]);
      expect(positive).toBeCloseTo(near, 6);
      expect(negative).toBeCloseTo(-near * near, 6);
    }
  });
});

describe("what a module looks like", () => {
  const stack = makeStack([40, 24], ["relu"], 5);

  test("base64 of a kernel has two bytes a weight", async () => {
    const base64 = async (options: TextOptions): Promise<number> => {
      const files = { "net.safetensors": stackFile(stack) };
      const { text } = await compileText(stackText(stack, true), { ...options, unroll: "none", files });
      return (/const d0_kernel =\s+"([^"]+)"/.exec(text) as unknown as [string, string])[1].length;
    };
    expect(await base64({})).toBe((4 / 3) * 4 * 40 * 24);
    expect(await base64({ precision: "bfloat16" })).toBe((4 / 3) * 2 * 40 * 24);
    expect(await base64({ precision: "bfloat16", target: "wasm" })).toBe((4 / 3) * 2 * 40 * 24);
  });

  test("a module without Dense layers is the same with both", async () => {
    const text = 'model Net { input [4] EinsumDense("ab,bc->ac", 3, bias_axes="c") LayerNormalization() Softmax() }';
    for (const target of ["typescript", "wasm"] as const) {
      const { text: module, reports } = await compileText(text, { precision: "bfloat16", target });
      expect(module).toBe((await compileText(text, { target })).text);
      expect(reports[0]?.bfloat16).toEqual({ rounded: 0, parameters: 21 });
    }
  });

  test("folded layers are part of the kernel that is rounded", async () => {
    const text = `model Net { weights "w" input [3] Dense(2, use_bias=false) BatchNormalization(epsilon=0) }`;
    const random = uniform(8);
    const numbers = (count: number, from = 0): Float32Array =>
      Float32Array.from({ length: count }, () => from + random());
    const kernel = numbers(6);
    const gamma = numbers(2, 2);
    const zeros = new Float32Array(2);
    const file = writeSafetensors([
      { name: "dense.kernel", shape: [3, 2], data: kernel },
      { name: "batch_normalization.gamma", shape: [2], data: gamma },
      { name: "batch_normalization.beta", shape: [2], data: zeros },
      { name: "batch_normalization.moving_mean", shape: [2], data: zeros },
      { name: "batch_normalization.moving_variance", shape: [2], data: Float32Array.of(1, 1) },
    ]);
    for (const target of ["typescript", "wasm"] as const) {
      const made = await compileCode(text, { precision: "bfloat16", target, emit: "js", files: { w: file } });
      const found = modelOf(await runModule(made.text), "net").forward([1, 0, 0]);
      [0, 1].forEach((unit) =>
        expect(found[unit]).toBe(nearestBfloat16((kernel[unit] as number) * (gamma[unit] as number))),
      );
    }
  });
});
