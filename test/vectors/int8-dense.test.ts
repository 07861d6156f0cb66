import fc from "fast-check";
import { expect, test } from "vitest";
import { dimSize, staticSize } from "../../src/ir/size.ts";
import type { DenseOperation, Graph, Tensor } from "../../src/ir/graph.ts";
import { max, constant, x } from "../../src/ir/scalar.ts";
import { weightKey } from "../../src/ir/weight-arrays.ts";
import { quantizeKernels } from "../../src/passes/graph/quantize-kernels.ts";
import { makeStack, uniform, type StackLayer } from "../precision/dense-stack.ts";
import { int8Outputs } from "../precision/int8-reference.ts";
import { interpret } from "./interpret.ts";
import { instructionSets, packedWeights, programsOf, verify } from "./programs.ts";

/** Two layers, the first a relu: its output has no negative number. `time`: whether a sample has a run-time number of rows. */
interface Int8Case {
  readonly sizes: readonly [number, number, number];
  readonly time: boolean;
  readonly samples: number;
  readonly seed: number;
}

const cases: fc.Arbitrary<Int8Case> = fc.record({
  sizes: fc.tuple(fc.integer({ min: 64, max: 90 }), fc.integer({ min: 64, max: 80 }), fc.integer({ min: 64, max: 75 })),
  time: fc.boolean(),
  samples: fc.integer({ min: 1, max: 7 }),
  seed: fc.integer({ min: 1, max: 2 ** 30 }),
});

/** Numbers of every size, of one sign or of both, zeros of both signs, sometimes all of a row. */
function inputsOf(rows: number, inputs: number, seed: number): Float32Array {
  const random = uniform(seed);
  const values = Float32Array.from({ length: rows * inputs }, () => 10 ** (3 * random()) * random());
  const row = values.subarray(0, inputs);
  if (seed % 3 === 0) row.forEach((value, at) => (row[at] = -Math.abs(value)));
  if (seed % 3 === 1) row.fill(-0);
  if (seed % 5 === 1) row.forEach((value, at) => (row[at] = 1e-40 * value));
  return values;
}

function graphOf(layers: readonly StackLayer[], time: boolean): Graph {
  const shape = (last: number): Tensor["shape"] => [...(time ? [dimSize("time")] : []), staticSize(last)];
  const tensors = [layers[0]?.inputs as number, ...layers.map(({ units }) => units)].map((width, id): Tensor => ({
    id,
    shape: shape(width),
  }));
  const operations = layers.map(({ inputs, units, activation }, at): DenseOperation => ({
    kind: "dense",
    inputs: [tensors[at] as Tensor],
    output: tensors[at + 1] as Tensor,
    origins: [{ path: [`d${at}`], description: "" }],
    kernel: { path: [`d${at}`, "kernel"], shape: [inputs, units] },
    bias: { path: [`d${at}`, "bias"], shape: [units] },
    epilogue: activation === "relu" ? [{ name: "relu", formula: "", body: max(x, constant(0)) }] : [],
  }));
  return { name: "Net", input: tensors[0] as Tensor, output: tensors.at(-1) as Tensor, operations };
}

test("programs of either instruction set give the bits of the reference, for one sample and for many", () => {
  fc.assert(
    fc.property(cases, ({ sizes, time, samples, seed }) => {
      const stack = makeStack(sizes, ["relu", "linear"], seed);
      const arrays = new Map(
        stack.layers.flatMap(({ kernel, bias }, at) => [
          [weightKey([`d${at}`, "kernel"]), kernel] as const,
          [weightKey([`d${at}`, "bias"]), bias] as const,
        ]),
      );
      const graph = quantizeKernels(graphOf(stack.layers, time), arrays);
      expect(graph.operations.map(({ kind }) => kind)).toEqual([
        "quantize-rows",
        "int8-dense",
        "quantize-rows",
        "int8-dense",
      ]);
      const rows = time ? 3 : 1;
      for (const instructions of instructionSets) {
        for (const lowered of programsOf(graph, instructions)) {
          verify(lowered);
          const { program, fewest, most } = lowered;
          const count = Math.min(samples, most);
          if (count < fewest) continue;
          const input = inputsOf(count * rows, sizes[0], seed);
          const weights = packedWeights(program, arrays);
          const found = interpret(program, {
            input,
            samples: count,
            dims: { time: 3 },
            weights,
            fused: instructions.fused,
          });
          expect(found).toEqual(int8Outputs(stack, input));
        }
      }
    }),
    { numRuns: 5 },
  );
});

test.each([NaN, -NaN, Infinity, -Infinity, 3e38])(
  "a row with %s among its numbers is NaN, the others are not",
  (special) => {
    const stack = makeStack([64, 64], ["linear"], 3);
    const [layer] = stack.layers as readonly [StackLayer];
    const arrays = new Map([
      ["d0/kernel", layer.kernel],
      ["d0/bias", layer.bias],
    ]);
    const graph = quantizeKernels(graphOf(stack.layers, false), arrays);
    const input = inputsOf(2, 64, 5);
    input[7] = special;
    // A range above what float32 holds.
    if (special === 3e38) input[8] = -3e38;
    for (const instructions of instructionSets) {
      const { program } = programsOf(graph, instructions)[0] as { program: Parameters<typeof interpret>[0] };
      const weights = packedWeights(program, arrays);
      const found = interpret(program, { input, samples: 2, weights, fused: instructions.fused });
      expect(found.subarray(0, 64).every(Number.isNaN)).toBe(true);
      expect(found.subarray(64)).toEqual(int8Outputs(stack, input.subarray(64)));
    }
  },
);
