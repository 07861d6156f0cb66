import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findBlocks } from "../../src/ir/blocks.ts";
import { roundToBfloat16 } from "../../src/ir/bfloat16.ts";
import type { Blocks, DenseOperation, Graph, Tensor } from "../../src/ir/graph.ts";
import type { ScalarFunction } from "../../src/ir/scalar.ts";
import { add, constant, max, mul, tanh, x } from "../../src/ir/scalar.ts";
import { dimSize, staticSize } from "../../src/ir/size.ts";
import type { Precision } from "../../src/ir/storage-types.ts";
import { weightKey } from "../../src/ir/weight-arrays.ts";
import { relaxedSimd } from "../../src/vectors/instruction-set.ts";
import { numbers } from "../targets/random-stack.ts";
import { interpret } from "./interpret.ts";
import { instructionSets, packedWeights, programsOf, verify } from "./programs.ts";

interface DenseCase {
  readonly inputs: number;
  readonly units: number;
  /** Axes before the last one; 0 is a run-time dim of size 3. */
  readonly rows: readonly number[];
  readonly samples: number;
  readonly bias: boolean;
  readonly epilogue: readonly (keyof typeof epilogues)[];
  readonly precision: Precision;
  /** The part of the blocks of weights that are not all 0, where the others are skipped. */
  readonly blocks?: number;
  readonly seed: number;
}

/** Functions after the sums, and how much they may enlarge an error. */
const epilogues = {
  relu: { body: max(x, constant(0)), value: (sum: number) => Math.max(sum, 0), slope: 1 },
  tanh: { body: tanh(x), value: Math.tanh, slope: 1 },
  // Its argument occurs twice: computed once.
  square: { body: add(mul(x, x), constant(0.5)), value: (sum: number) => sum * sum + 0.5, slope: NaN },
} as const;

const size = (rows: readonly number[], last: number): Tensor["shape"] => [
  ...rows.map((axis) => (axis === 0 ? dimSize("time") : staticSize(axis))),
  staticSize(last),
];

function graphOf({ inputs, units, rows, bias, epilogue, precision }: DenseCase, blocks?: Blocks): Graph {
  const input: Tensor = { id: 0, shape: size(rows, inputs) };
  const output: Tensor = { id: 1, shape: size(rows, units) };
  const operation: DenseOperation = {
    kind: "dense",
    inputs: [input],
    output,
    origins: [{ path: ["dense"], description: "" }],
    kernel: {
      path: ["dense", "kernel"],
      shape: [inputs, units],
      ...(precision === "bfloat16" ? { precision } : {}),
      ...(blocks === undefined ? {} : { blocks }),
    },
    ...(bias ? { bias: { path: ["dense", "bias"], shape: [units] } } : {}),
    epilogue: epilogue.map((name): ScalarFunction => ({ name, formula: "", body: epilogues[name].body })),
  };
  return { name: "Net", input, output, operations: [operation] };
}

/** Runs a layer on both kinds of programs and compares each output with float64. */
function check(layer: DenseCase): void {
  const { inputs, units, rows, bias, epilogue, precision, seed } = layer;
  const random = numbers(seed);
  const array = (length: number): Float32Array => Float32Array.from({ length }, random);
  const isKept = Array.from({ length: inputs * units }, () => layer.blocks === undefined || random() < layer.blocks);
  const blockOf = (at: number): number => Math.floor(Math.floor(at / units) / 4) * units + Math.floor((at % units) / 8);
  const stated = array(inputs * units).map((value, at) => (isKept[blockOf(at)] === true ? value : 0));
  const kernel = precision === "bfloat16" ? roundToBfloat16(stated) : stated;
  const biases = array(bias ? units : 0);
  const arrays = new Map([
    [weightKey(["dense", "kernel"]), kernel],
    [weightKey(["dense", "bias"]), biases],
  ]);
  const blocks =
    layer.blocks === undefined ? undefined : findBlocks(kernel, { path: ["dense", "kernel"], shape: [inputs, units] });
  const rowsOfOne = rows.reduce((product, axis) => product * (axis === 0 ? 3 : axis), 1);
  for (const instructions of instructionSets) {
    for (const lowered of programsOf(graphOf(layer, blocks), instructions)) {
      verify(lowered);
      const { program, fewest, most } = lowered;
      const samples = Math.min(layer.samples, most);
      if (samples < fewest) continue;
      const input = array(samples * rowsOfOne * inputs);
      const weights = packedWeights(program, arrays);
      const found = interpret(program, { input, samples, dims: { time: 3 }, weights, fused: instructions.fused });
      for (let row = 0; row < samples * rowsOfOne; row++) {
        for (let unit = 0; unit < units; unit++) {
          let sum = biases[unit] ?? 0;
          let magnitude = Math.abs(sum);
          for (let k = 0; k < inputs; k++) {
            const product = (input[row * inputs + k] as number) * (kernel[k * units + unit] as number);
            sum += product;
            magnitude += Math.abs(product);
          }
          const slope = epilogue.reduce((product, name) => product * (epilogues[name].slope || 4 * magnitude), 1);
          const expected = epilogue.reduce((value, name) => epilogues[name].value(value), sum);
          // In a chain of n additions each rounds by 6e-8 of the sum of magnitudes; random errors cancel, and sums are cut short.
          const bound = 3e-7 * (slope * magnitude + Math.abs(expected)) + 1e-7;
          const error = Math.abs((found[row * units + unit] as number) - expected);
          if (error <= bound) continue;
          expect.fail(`${instructions.name}, ${samples} samples, row ${row}, unit ${unit}: off by ${error} (${bound})`);
        }
      }
    }
  }
}

const epilogue = fc.array(fc.constantFrom("relu", "tanh", "square"), { maxLength: 2 }) as fc.Arbitrary<
  DenseCase["epilogue"]
>;
const rest = {
  bias: fc.boolean(),
  epilogue,
  precision: fc.constantFrom<Precision>("float32", "bfloat16"),
  seed: fc.nat(1_000_000),
};

describe("a dense layer on panels", () => {
  test("of any size is as exact as float32 allows", () => {
    fc.assert(
      fc.property(
        fc.record({
          inputs: fc.integer({ min: 1, max: 300 }),
          units: fc.integer({ min: 1, max: 70 }),
          rows: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }),
          samples: fc.constantFrom(1, 2, 3, 7),
          ...rest,
        }),
        check,
      ),
      { numRuns: 40 },
    );
  });

  test("of every number of units up to 70 computes each of them", () => {
    for (let units = 1; units <= 70; units++) {
      for (const precision of ["float32", "bfloat16"] as const) {
        check({ inputs: 5, units, rows: [], samples: 7, bias: units % 2 === 0, epilogue: [], precision, seed: units });
      }
    }
  });

  test("skips blocks of zeros, wherever they are", () => {
    fc.assert(
      fc.property(
        fc.record({
          inputs: fc.integer({ min: 4, max: 300 }),
          units: fc.integer({ min: 1, max: 70 }),
          rows: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }),
          samples: fc.constantFrom(1, 2, 3, 7),
          ...rest,
          blocks: fc.constantFrom(0, 0.1, 0.5, 1),
        }),
        check,
      ),
      { numRuns: 60 },
    );
  });

  test("adds up many blocks part by part", () => {
    for (const blocks of [0.3, 1]) {
      check({
        inputs: 2050,
        units: 19,
        rows: [],
        samples: 7,
        bias: true,
        epilogue: [],
        precision: "float32",
        seed: 5,
        blocks,
      });
    }
  });

  test("takes any number of rows, around the sizes of tiles too", () => {
    for (const units of [1, 4, 7, 8, 9, 12, 13, 16, 24]) {
      for (let samples = 1; samples <= 16; samples++) {
        check({ inputs: 9, units, rows: [], samples, bias: true, epilogue: ["relu"], precision: "float32", seed: 3 });
      }
      for (const row of [3, 4, 5, 6, 7, 12, 13]) {
        check({ inputs: 3, units, rows: [row], samples: 1, bias: true, epilogue: [], precision: "bfloat16", seed: 4 });
      }
    }
  });

  test.each([
    [1, 640],
    [3000, 1],
    [1100, 9],
    [700, 52],
    [260, 104],
    [128, 200],
    [1, 3200],
  ])("%d inputs, %d units", (inputs, units) => {
    for (const precision of ["float32", "bfloat16"] as const) {
      check({ inputs, units, rows: [], samples: 7, bias: true, epilogue: [], precision, seed: inputs });
    }
  });

  test("adds many products with an error that doesn't grow with their number", () => {
    const inputs = 4096;
    const layer: DenseCase = {
      inputs,
      units: 8,
      rows: [],
      samples: 1,
      bias: false,
      epilogue: [],
      precision: "float32",
      seed: 1,
    };
    const kernel = new Float32Array(inputs * 8).fill(0.1);
    for (const { program, fewest } of programsOf(graphOf(layer), relaxedSimd)) {
      const weights = packedWeights(program, new Map([["dense/kernel", kernel]]));
      const input = new Float32Array(inputs * fewest).fill(1);
      const [sum] = interpret(program, { input, samples: fewest, weights, fused: true });
      // One sum after the other is off by 4e-5 of it.
      expect(Math.abs((sum as number) / (inputs * Math.fround(0.1)) - 1)).toBeLessThan(2e-6);
    }
  });
});
