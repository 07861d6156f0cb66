import { describe, expect, test } from "vitest";
import { compile } from "../../src/index.ts";
import type { Size } from "../../src/ir/size.ts";
import { withoutLayout } from "../support/prettier.ts";
import type { Target, Trainer } from "./make-trainer.ts";
import { batchFor, modelKinds, type ModelKind } from "./model-kinds.ts";

/** That of `--explain`. */
const batchSize = 32;

const page = 65_536;

/** Beside what grows with a model: sums from which means are told, and numbers of the optimizer that are no arrays. */
const few = 8 * 8;

async function trainerOf(text: string, target: Target) {
  const { files, reports } = await withoutLayout(() => compile(text, { emit: "cjs", target, training: true }));
  const memory = reports.at(-1)?.training?.memory;
  if (memory === undefined) throw new Error("no trainer is reported");
  return { code: String(files[0]?.content), memory };
}

interface Memory {
  readonly buffer: ArrayBuffer;
}

interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: { readonly memory: Memory } };
  validate(bytes: Uint8Array): boolean;
}

const valueOf = (sizes: readonly Size[], dims: Readonly<Record<string, number>> = {}): number =>
  sizes.reduce(
    (sum, { factor, dims: own }) => sum + own.reduce((size, dim) => size * (dims[dim] as number), factor),
    0,
  );

/** What a step of 32 samples has taken: bytes of arrays, and of WebAssembly's memory. */
function takenBy(code: string, { dims, ...kind }: ModelKind): { readonly arrays: number; readonly memory: number } {
  const taken = { arrays: 0, memory: 0 };
  class CountedArray extends Float64Array {
    constructor(...given: readonly [number]) {
      super(...given);
      if (typeof given[0] === "number") taken.arrays += this.byteLength;
    }
  }
  // What WebAssembly is to a runtime, without types here.
  const wasm = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly;
  const memories: Memory[] = [];
  const counted = {
    WebAssembly: {
      Module: wasm.Module,
      validate: (bytes: Uint8Array) => wasm.validate(bytes),
      Instance: function (module: object) {
        const instance = new wasm.Instance(module);
        memories.push(instance.exports.memory);
        return instance;
      },
    },
  };
  const exported: Record<string, (options: { readonly seed: number }) => Trainer> = {};
  new Function("exports", "Float64Array", "globalThis", code)(exported, CountedArray, counted);
  const trainer = exported["createMTrainer"]!({ seed: 1 });
  const { inputs, targets } = batchFor(kind, batchSize);
  trainer.step(inputs, targets, undefined, dims);
  for (const memory of memories) taken.memory += memory.buffer.byteLength;
  return taken;
}

describe.each(Object.keys(modelKinds))("the memory that is told, and what a step takes: %s", (name) => {
  const kind = modelKinds[name] as ModelKind;

  test("TypeScript", async () => {
    const { code, memory } = await trainerOf(kind.text, "typescript");
    const total = valueOf(memory.total, kind.dims);
    const taken = takenBy(code, kind).arrays;
    expect(taken).toBeGreaterThanOrEqual(total);
    expect(taken).toBeLessThanOrEqual(total + few);
  });

  test("WebAssembly, in whole pages", async () => {
    const { code, memory } = await trainerOf(kind.text, "wasm");
    const total = valueOf(memory.total, kind.dims);
    const taken = takenBy(code, kind).memory;
    expect(taken).toBeGreaterThan(total);
    // Constants, and up to a vector behind each array.
    expect(taken).toBeLessThan(total + 2 * page);
  });
});

test.each([8, 4])(
  "784-512-512-10 with adam takes 1.5 times what it can't do without, at most: %i bytes",
  async (bytes) => {
    const text = `model M {
    input [784]
    Dense(512, activation=relu)
    Dense(512, activation=relu)
    Dense(10, activation=softmax)
    compile(optimizer=adam, loss=sparse_categorical_crossentropy)
  }`;
    const { memory } = await trainerOf(text, bytes === 8 ? "typescript" : "wasm");
    const weights = 784 * 512 + 512 + 512 * 512 + 512 + 512 * 10 + 10;
    expect(memory.weights).toEqual([{ factor: bytes * weights, dims: [] }]);
    expect(memory.optimizer).toEqual([{ factor: 2 * bytes * weights, dims: [] }]);
    // relu's outputs, which tell its gradient, and what the crossentropy has of the softmax.
    const activations = valueOf(memory.least) / bytes - 4 * weights;
    expect(activations).toBeGreaterThanOrEqual(batchSize * (512 + 512 + 10));
    expect(activations).toBeLessThanOrEqual(batchSize * (512 + 512 + 30));
    expect(valueOf(memory.total)).toBeLessThan(1.5 * valueOf(memory.least));
  },
);
