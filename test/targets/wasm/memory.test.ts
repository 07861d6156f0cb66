import { describe, expect, test } from "vitest";
import { elementCount } from "../../../src/ir/shape.ts";
import { assembleModules, type WasmModules } from "../../../src/targets/wasm/assemble.ts";
import { fewestMany } from "../../../src/vectors/all-samples.ts";
import { numbers } from "../random-stack.ts";
import { compileText } from "../support/compile-text.ts";
import { graphOf, modelOf } from "../../vectors/programs.ts";

const chunk = 16;
const untouched = 0x5a5a5a5a;

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  run(samples: number): number;
  readonly one?: () => void;
}

/** What is used of `WebAssembly`, whose types belong to browsers. */
const engine = (
  globalThis as unknown as {
    readonly WebAssembly: {
      validate(bytes: Uint8Array): boolean;
      Module: new (bytes: Uint8Array) => object;
      Instance: new (module: object) => { readonly exports: Exports };
    };
  }
).WebAssembly;

const texts = [
  "model M { input [5] Dense(13, tanh) Dense(7) }",
  "model M { input [9] Dense(12) }",
  "model M { input [300] Dense(50, gelu) Dense(3, softmax) }",
  "model M { input [3, 7] Softmax(axis=1) LayerNormalization() Dense(9) }",
  "model M { input [3, 5] Permute([2, 1]) Activation(sparsemax) }",
  "model M { input [2, 6] Activation(glu) PReLU() GlobalMaxPooling1D() }",
  "model M { input [3] Embedding(4, 3) Flatten() Dense(2) }",
  'model M { input [1] RepeatVector(3) EinsumDense("abc,cd->abd", output_shape=[3, 2]) }',
];

/** Fills memory from the data on, runs some samples, and gives the words that have changed. */
function changedWords(
  { layout }: WasmModules,
  bytes: Uint8Array,
  size: number,
  samples: number,
  one: boolean,
): number[] {
  const { exports } = new engine.Instance(new engine.Module(bytes));
  const words = new Uint32Array(exports.memory.buffer);
  const data = new Float32Array(exports.memory.buffer);
  const random = numbers(samples);
  for (const { start, length } of layout.weights.values()) {
    for (let at = 0; at < length; at++) data[start / 4 + at] = random();
  }
  words.fill(untouched, layout.dataStart / 4);
  const x = (layout.buffers?.get("x") ?? NaN) / 4;
  // Whole numbers, for they may be indices.
  for (let at = 0; at < size * samples; at++) data[x + at] = at % 4;
  const before = words.slice();
  if (one) exports.one?.();
  else expect(exports.run(samples)).toBe(0);
  return [...words.keys()].filter((at) => words[at] !== before[at]);
}

describe.each(texts)("%s", (text) => {
  test("writes to the buffers of its samples and nowhere else", async () => {
    const graph = graphOf(await modelOf(text));
    const modules = (await assembleModules(graph, chunk)) as WasmModules;
    const size = elementCount(graph.input.shape).factor;
    const outputs = elementCount(graph.output.shape).factor;
    for (const { bytes } of [modules.plain, modules.relaxed]) {
      if (!engine.validate(bytes)) continue;
      const fewest = modules.hasOne ? fewestMany : 1;
      const runs = [1, 2, 3, 4, 5, 6, 7, 15, 16]
        .filter((samples) => samples >= fewest)
        .map((samples) => ({ samples, one: false }));
      if (modules.hasOne) runs.push({ samples: 1, one: true });
      for (const { samples, one } of runs) {
        const { layout } = modules;
        // `one` may write the rest of a last vector: up to three words more, which are free.
        const more = one ? 3 : 0;
        const regions = [...(layout.buffers ?? [])].map(([name, start]) => {
          const largest = layout.sampleBytes.find((buffer) => buffer.name === name)?.sizes[0]?.factor ?? 0;
          return { name, from: start / 4, to: start / 4 + (largest / 4) * samples + more };
        });
        const changed = changedWords(modules, bytes, size, samples, one);
        const wrong = changed.filter(
          (at) => !regions.some(({ name, from, to }) => name !== "x" && at >= from && at < to),
        );
        expect(wrong, `${samples} samples`).toEqual([]);
        const y = regions.find(({ name }) => name === "y") as (typeof regions)[number];
        // All outputs are written.
        expect(changed.filter((at) => at >= y.from && at < y.from + outputs * samples).length).toBe(outputs * samples);
      }
    }
  });

  test("its buffers lie apart, in the memory that it has", async () => {
    const { layout, plain } = (await assembleModules(graphOf(await modelOf(text)), chunk)) as WasmModules;
    const regions = [
      ...[...layout.weights.values()].map(({ start, length }) => ({ start, end: start + 4 * length })),
      ...[...(layout.buffers ?? [])].map(([name, start]) => {
        const bytes = layout.sampleBytes.find((buffer) => buffer.name === name)?.sizes[0]?.factor ?? NaN;
        return { start, end: start + chunk * bytes };
      }),
    ].sort((a, b) => a.start - b.start);
    regions.forEach(({ start, end }, at) => {
      expect(start % 16).toBe(0);
      // Vectors may run over the end.
      expect(end + 12).toBeLessThanOrEqual(regions[at + 1]?.start ?? layout.pages * 65_536);
    });
    expect(plain.text).toContain(`(memory (export "memory") ${layout.pages})`);
  });
});

test("a model that needs more than 4 GB has no modules, and its file none of their text", async () => {
  const text = "model M { input [60000] RepeatVector(2000) Dense(1) }";
  const graph = graphOf(await modelOf(text));
  expect(await assembleModules(graph, chunk)).toBeUndefined();
  expect(await assembleModules(graph, 1)).toBeDefined();
  const compiled = await compileText(
    "model M { input [67108864, 4] Activation(relu) Softmax(axis=1) Softmax() Softmax(axis=1) }",
    {
      target: "wasm",
    },
  );
  expect(compiled.text).toContain('backend: "typescript"');
});

test("a table whose indices float32 does not tell apart has no modules", async () => {
  const rows = 2 ** 24;
  expect(await assembleModules(graphOf(await modelOf(`model M { input [1] Embedding(${rows}, 1) }`)), 1)).toBeDefined();
  for (const before of ["", "Permute([1]) ", "ReLU() "]) {
    const graph = graphOf(await modelOf(`model M { input [1] ${before}Embedding(${rows + 1}, 1) }`));
    expect(await assembleModules(graph, 1)).toBeUndefined();
  }
});
