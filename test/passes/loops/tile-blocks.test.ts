import fc from "fast-check";
import { expect, test } from "vitest";
import { findBlocks } from "../../../src/ir/blocks.ts";
import type { DenseOperation, Graph } from "../../../src/ir/graph.ts";
import { staticSize } from "../../../src/ir/size.ts";
import { verify } from "../../../src/ir/verify.ts";
import { lowerToLoops } from "../../../src/lower/graph-to-loops.ts";
import { optimize } from "../../../src/passes/index.ts";
import { planTiles } from "../../../src/passes/plan.ts";
import { interpretLoops } from "../../ir/interpret-loops.ts";
import { numbers } from "../../targets/random-stack.ts";
import { functionOf, irText } from "../ir-text.ts";

test("a loop over the blocks of each panel, and the units that are left over by themselves", async () => {
  const kernel = Array.from({ length: 48 * 9 }, (_, at) => (at < 9 * 4 ? at + 1 : 0));
  const text = await irText(`model Net { weights "w"  input [48]  Dense(9, relu) }`, "loops", "tile", {
    target: "wasm",
    arrays: { "dense.kernel": [[48, 9], kernel], "dense.bias": [[9], kernel.slice(0, 9)] },
  });
  expect(functionOf(text, "dense")).toMatchInlineSnapshot(`
    "dense(a[48*samples]) -> y[9*samples] {
      for row in 0..samples {
        for panel in 0..1 {
          index unit = dense.kernel_blocks[panel * 2 + 1]
          index firstBlock = dense.kernel_blocks[panel * 2]
          index endBlock = dense.kernel_blocks[panel * 2 + 2]
          var sum0 = dense.bias[unit]
          var sum1 = dense.bias[unit + 1]
          var sum2 = dense.bias[unit + 2]
          var sum3 = dense.bias[unit + 3]
          var sum4 = dense.bias[unit + 4]
          var sum5 = dense.bias[unit + 5]
          var sum6 = dense.bias[unit + 6]
          var sum7 = dense.bias[unit + 7]
          for block in firstBlock..endBlock {
            index k = dense.kernel_blocks[block + 5]
            let x0 = a[row * 48 + k]
            let x1 = a[row * 48 + k + 1]
            let x2 = a[row * 48 + k + 2]
            let x3 = a[row * 48 + k + 3]
            sum0 +=
              dense.kernel[block * 32] * x0
              + dense.kernel[block * 32 + 8] * x1
              + dense.kernel[block * 32 + 16] * x2
              + dense.kernel[block * 32 + 24] * x3
            sum1 +=
              dense.kernel[block * 32 + 1] * x0
              + dense.kernel[block * 32 + 9] * x1
              + dense.kernel[block * 32 + 17] * x2
              + dense.kernel[block * 32 + 25] * x3
            sum2 +=
              dense.kernel[block * 32 + 2] * x0
              + dense.kernel[block * 32 + 10] * x1
              + dense.kernel[block * 32 + 18] * x2
              + dense.kernel[block * 32 + 26] * x3
            sum3 +=
              dense.kernel[block * 32 + 3] * x0
              + dense.kernel[block * 32 + 11] * x1
              + dense.kernel[block * 32 + 19] * x2
              + dense.kernel[block * 32 + 27] * x3
            sum4 +=
              dense.kernel[block * 32 + 4] * x0
              + dense.kernel[block * 32 + 12] * x1
              + dense.kernel[block * 32 + 20] * x2
              + dense.kernel[block * 32 + 28] * x3
            sum5 +=
              dense.kernel[block * 32 + 5] * x0
              + dense.kernel[block * 32 + 13] * x1
              + dense.kernel[block * 32 + 21] * x2
              + dense.kernel[block * 32 + 29] * x3
            sum6 +=
              dense.kernel[block * 32 + 6] * x0
              + dense.kernel[block * 32 + 14] * x1
              + dense.kernel[block * 32 + 22] * x2
              + dense.kernel[block * 32 + 30] * x3
            sum7 +=
              dense.kernel[block * 32 + 7] * x0
              + dense.kernel[block * 32 + 15] * x1
              + dense.kernel[block * 32 + 23] * x2
              + dense.kernel[block * 32 + 31] * x3
          }
          y[row * 9 + yStart + unit] = relu(sum0)
          y[row * 9 + yStart + unit + 1] = relu(sum1)
          y[row * 9 + yStart + unit + 2] = relu(sum2)
          y[row * 9 + yStart + unit + 3] = relu(sum3)
          y[row * 9 + yStart + unit + 4] = relu(sum4)
          y[row * 9 + yStart + unit + 5] = relu(sum5)
          y[row * 9 + yStart + unit + 6] = relu(sum6)
          y[row * 9 + yStart + unit + 7] = relu(sum7)
        }
        index firstBlock = dense.kernel_blocks[2]
        index endBlock = dense.kernel_blocks[4]
        var sum0 = dense.bias[8]
        for block in firstBlock..endBlock {
          index k = dense.kernel_blocks[block + 5]
          let x0 = a[row * 48 + k]
          let x1 = a[row * 48 + k + 1]
          let x2 = a[row * 48 + k + 2]
          let x3 = a[row * 48 + k + 3]
          sum0 +=
            dense.kernel[block * 32] * x0
            + dense.kernel[block * 32 + 8] * x1
            + dense.kernel[block * 32 + 16] * x2
            + dense.kernel[block * 32 + 24] * x3
        }
        y[row * 9 + yStart + 8] = relu(sum0)
      }
    }"
  `);
});

test("any blocks of any layer are computed, and no others are read", () => {
  fc.assert(
    fc.property(
      fc.record({
        inputs: fc.integer({ min: 4, max: 40 }),
        units: fc.integer({ min: 1, max: 40 }),
        rows: fc.integer({ min: 1, max: 4 }),
        kept: fc.constantFrom(0, 0.1, 0.5, 1),
        bias: fc.boolean(),
        samples: fc.integer({ min: 1, max: 5 }),
        seed: fc.nat(1_000_000),
      }),
      ({ inputs, units, rows, kept, bias, samples, seed }) => {
        const random = numbers(seed);
        const isKept = Array.from({ length: inputs * units }, () => (random() + 1) / 2 < kept);
        const kernel = Float32Array.from({ length: inputs * units }, (_, at) =>
          isKept[Math.floor(at / units / 4) * units + Math.floor((at % units) / 8)] === true ? random() : 0,
        );
        const biases = Float32Array.from({ length: units }, random);
        const weight = { path: ["dense", "kernel"], shape: [inputs, units] };
        const operation: DenseOperation = {
          kind: "dense",
          inputs: [{ id: 0, shape: [staticSize(rows), staticSize(inputs)] }],
          output: { id: 1, shape: [staticSize(rows), staticSize(units)] },
          origins: [{ path: ["dense"], description: "" }],
          kernel: { ...weight, blocks: findBlocks(kernel, weight) },
          ...(bias ? { bias: { path: ["dense", "bias"], shape: [units] } } : {}),
          epilogue: [],
        };
        const graph: Graph = {
          name: "Net",
          input: operation.inputs[0],
          output: operation.output,
          operations: [operation],
        };
        const arrays = new Map([
          ["dense/kernel", kernel],
          ["dense/bias", biases],
        ]);
        const loops = lowerToLoops(graph, planTiles([operation], ""));
        const program = optimize(loops, { unroll: "auto", bound: true }, arrays, { verify });
        const given = Array.from({ length: samples }, () => Array.from({ length: rows * inputs }, random));
        const found = interpretLoops(program, { inputs: given, arrays });
        const expected = given.flatMap((sample) =>
          Array.from({ length: rows * units }, (_, at) => {
            const [row, unit] = [Math.floor(at / units), at % units];
            let sum = bias ? (biases[unit] as number) : 0;
            for (let k = 0; k < inputs; k++) {
              sum += (sample[row * inputs + k] as number) * (kernel[k * units + unit] as number);
            }
            return sum;
          }),
        );
        expect(found.length).toBe(expected.length);
        found.forEach((value, at) => expect(value).toBeCloseTo(expected[at] as number, 10));
      },
    ),
    { numRuns: 60 },
  );
});
