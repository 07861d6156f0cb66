import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { compileCode, type TextOptions } from "./support/compile-text.ts";
import { createModel, modelOf, runModule, type AnyModel } from "./support/run-module.ts";
import { numbers } from "./random-stack.ts";

interface Pruned {
  /** The sizes of the input and of the layers. */
  readonly sizes: readonly number[];
  readonly activation: string;
  /** What is 0: single weights, or blocks of 4 inputs by 8 units. */
  readonly blocks: boolean;
  /** The part of them that is. */
  readonly zeros: number;
  readonly bias: boolean;
  readonly seed: number;
}

const pruned: fc.Arbitrary<Pruned> = fc.record({
  sizes: fc.oneof(
    fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 2, maxLength: 4 }),
    // Wide enough for blocks.
    fc.tuple(fc.integer({ min: 60, max: 300 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 })),
  ),
  activation: fc.constantFrom("linear", "relu", "tanh", "sigmoid", "gelu"),
  blocks: fc.boolean(),
  zeros: fc.constantFrom(0.3, 0.9, 1),
  bias: fc.boolean(),
  seed: fc.nat(1_000_000),
});

/** A model file and its weights, as in Keras. */
function written({ sizes, activation, blocks, zeros, bias, seed }: Pruned): {
  readonly source: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
} {
  const random = numbers(seed);
  const layers = sizes.slice(1).map((units, at) => {
    const inputs = sizes[at] as number;
    const isZero = Array.from({ length: inputs * units }, () => (random() + 1) / 2 < zeros);
    const place = (k: number, unit: number): number =>
      blocks ? Math.floor(k / 4) * units + Math.floor(unit / 8) : k * units + unit;
    const kernel = Float32Array.from({ length: inputs * units }, (_, index) => {
      const [k, unit] = [Math.floor(index / units), index % units];
      return isZero[place(k, unit)] === true ? 0 : random() / Math.sqrt(inputs);
    });
    return { inputs, units, kernel, bias: Float32Array.from({ length: units }, random) };
  });
  const name = (at: number): string => (at === 0 ? "dense" : `dense_${at}`);
  const arrays = layers.flatMap(({ inputs, units, kernel, bias: biases }, at) => [
    { name: `${name(at)}.kernel`, shape: [inputs, units], data: kernel },
    ...(bias ? [{ name: `${name(at)}.bias`, shape: [units], data: biases }] : []),
  ]);
  const lines = layers.map(({ units }) => `Dense(${units}, ${activation}${bias ? "" : ", use_bias=false"})`);
  return {
    source: `model Net { weights "w"  input [${sizes[0] as number}]  ${lines.join("  ")} }`,
    files: { w: writeSafetensors(arrays) },
  };
}

async function outputs(
  source: string,
  options: TextOptions,
  inputs: Float32Array,
  size: number,
): Promise<readonly number[]> {
  const { text, sidecars } = await compileCode(source, { ...options, emit: "js" });
  const module = await runModule(text);
  const [sidecar] = sidecars.values();
  const net: AnyModel = sidecar === undefined ? modelOf(module, "net") : createModel(module, "Net", sidecar);
  const singles = Array.from({ length: inputs.length / size }, (_, at) => [
    ...net.forward(inputs.subarray(at * size, (at + 1) * size)),
  ]);
  return [...singles.flat(), ...net.forwardBatch(inputs)];
}

const modes: readonly TextOptions[] = [
  { target: "typescript" },
  { target: "typescript", unroll: "full" },
  { target: "wasm" },
  { target: "wasm", weights: "file" },
  { target: "typescript", weights: "file" },
];

describe("weights of 0", () => {
  test("leave every finite result as it is, whatever the code skips", { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        pruned,
        fc.constantFrom(...modes),
        fc.constantFrom("float32" as const, "bfloat16" as const),
        fc.constantFrom(1, 3, 7, 13),
        async (net, mode, precision, samples) => {
          const { source, files } = written(net);
          const random = numbers(net.seed + 1);
          const size = net.sizes[0] as number;
          const inputs = Float32Array.from({ length: samples * size }, random);
          const options = { ...mode, files, precision };
          const expected = await outputs(source, { ...options, keepZeros: true }, inputs, size);
          const found = await outputs(source, options, inputs, size);
          expect(found).toHaveLength(expected.length);
          // Sums in another order, and biases with more digits.
          found.forEach((value, at) => {
            const other = expected[at] as number;
            expect(Math.abs(value - other), `${value}, not ${other}`).toBeLessThanOrEqual(
              2e-6 * Math.max(1, Math.abs(other)),
            );
          });
        },
      ),
      { numRuns: Number(process.env["ZERO_MODELS"] ?? 40) },
    );
  });

  test("are multiplied where they are kept, so that what is not finite spreads", async () => {
    const { source, files } = written({
      sizes: [80, 16],
      activation: "linear",
      blocks: true,
      zeros: 1,
      bias: true,
      seed: 1,
    });
    const inputs = new Float32Array(80).fill(Number.NaN);
    for (const mode of modes.slice(0, 3)) {
      const skipped = await outputs(source, { ...mode, files }, inputs, 80);
      expect(skipped.every(Number.isFinite)).toBe(true);
      const kept = await outputs(source, { ...mode, files, keepZeros: true }, inputs, 80);
      expect(kept.every(Number.isNaN)).toBe(true);
    }
  });

  test("of a file are where they were when the module was built, or the module says so", async () => {
    const kernel = Float32Array.from({ length: 80 * 16 }, (_, at) => (at < 64 ? 1 : 0));
    const arrays = (data: Float32Array) => [{ name: "dense.kernel", shape: [80, 16], data }];
    const source = `model Net { weights "w"  input [80]  Dense(16, use_bias=false) }`;
    const files = { w: writeSafetensors(arrays(kernel)) };
    for (const target of ["typescript", "wasm"] as const) {
      const module = await runModule((await compileCode(source, { files, target, weights: "file", emit: "js" })).text);
      // Other weights are as good, as long as there are none where nothing is multiplied.
      const others = kernel.map((value, at) => (at < 32 ? 2 : value));
      const net = createModel(module, "Net", writeSafetensors(arrays(others)));
      expect([...net.forward(new Float32Array(80).fill(1))]).toEqual(Array.from({ length: 16 }, () => 6));
      const elsewhere = kernel.map((value, at) => (at === 1279 ? 1 : value));
      expect(() =>
        createModel(module, "Net", writeSafetensors(arrays(elsewhere))).forward(new Float32Array(80)),
      ).toThrow(
        "Net: weights.dense.kernel has other zeros than when the module was built: build it again, or with --keep-zeros",
      );
    }
  });

  test("that a caller brings are multiplied", async () => {
    const source = "model Net { input [80]  Dense(16, use_bias=false) }";
    const { text } = await compileCode(source, { emit: "js", target: "wasm" });
    const net = createModel(await runModule(text), "Net", { dense: { kernel: new Float32Array(80 * 16) } });
    expect([...net.forward(new Float32Array(80).fill(Number.NaN))].every(Number.isNaN)).toBe(true);
  });
});
