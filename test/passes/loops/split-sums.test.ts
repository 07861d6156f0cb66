import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verify } from "../../../src/ir/verify.ts";
import { lowerToLoops } from "../../../src/lower/graph-to-loops.ts";
import { lowerToGraph } from "../../../src/lower/model-to-graph.ts";
import { modelWeights } from "../../../src/lower/model-info.ts";
import { weightKey } from "../../../src/ir/weight-arrays.ts";
import { optimize } from "../../../src/passes/index.ts";
import { planOperations } from "../../../src/passes/plan.ts";
import { interpretLoops } from "../../ir/interpret-loops.ts";
import { numbers } from "../../targets/random-stack.ts";
import { modelOf } from "../../vectors/programs.ts";
import { functionOf, irText } from "../ir-text.ts";

const blocks = async (source: string, options: Parameters<typeof irText>[3] = {}): Promise<string> =>
  functionOf(await irText(source, "loops", "split-sums", options), "dense");

describe("split-sums", () => {
  test("each unit adds a block of inputs to what lies in the output", async () => {
    expect(await blocks("model Net { input [9]  Dense(2, relu)  Dense(1) }")).toMatchInlineSnapshot(`
      "dense(x[9]) -> a[2] {
        let x0 = x[xStart]
        let x1 = x[xStart + 1]
        let x2 = x[xStart + 2]
        let x3 = x[xStart + 3]
        let x4 = x[xStart + 4]
        a[0] =
          dense.bias[0]
          + dense.kernel[0] * x0
          + dense.kernel[2] * x1
          + dense.kernel[4] * x2
          + dense.kernel[6] * x3
          + dense.kernel[8] * x4
        a[1] =
          dense.bias[1]
          + dense.kernel[1] * x0
          + dense.kernel[3] * x1
          + dense.kernel[5] * x2
          + dense.kernel[7] * x3
          + dense.kernel[9] * x4
        let x5 = x[xStart + 5]
        let x6 = x[xStart + 6]
        let x7 = x[xStart + 7]
        let x8 = x[xStart + 8]
        let sum0 =
          a[0]
          + dense.kernel[10] * x5
          + dense.kernel[12] * x6
          + dense.kernel[14] * x7
          + dense.kernel[16] * x8
        a[0] = relu(sum0)
        let sum1 =
          a[1]
          + dense.kernel[11] * x5
          + dense.kernel[13] * x6
          + dense.kernel[15] * x7
          + dense.kernel[17] * x8
        a[1] = relu(sum1)
      }"
    `);
  });

  test("float64 sums don't lie in the caller's float32 array", async () => {
    expect(await blocks("model Net { input [9]  Dense(2, use_bias=false) }")).toMatchInlineSnapshot(`
      "dense(x[9]) -> y[2], sums in a[2] {
        let x0 = x[xStart]
        let x1 = x[xStart + 1]
        let x2 = x[xStart + 2]
        let x3 = x[xStart + 3]
        let x4 = x[xStart + 4]
        a[0] =
          dense.kernel[0] * x0
          + dense.kernel[2] * x1
          + dense.kernel[4] * x2
          + dense.kernel[6] * x3
          + dense.kernel[8] * x4
        a[1] =
          dense.kernel[1] * x0
          + dense.kernel[3] * x1
          + dense.kernel[5] * x2
          + dense.kernel[7] * x3
          + dense.kernel[9] * x4
        let x5 = x[xStart + 5]
        let x6 = x[xStart + 6]
        let x7 = x[xStart + 7]
        let x8 = x[xStart + 8]
        let sum0 =
          a[0]
          + dense.kernel[10] * x5
          + dense.kernel[12] * x6
          + dense.kernel[14] * x7
          + dense.kernel[16] * x8
        y[yStart] = sum0
        let sum1 =
          a[1]
          + dense.kernel[11] * x5
          + dense.kernel[13] * x6
          + dense.kernel[15] * x7
          + dense.kernel[17] * x8
        y[yStart + 1] = sum1
      }"
    `);
  });

  test.each([
    ["eight inputs are one block", "input [8]  Dense(3)"],
    ["a unit by itself shares no inputs", "input [40]  Dense(1)"],
    ["tiled loops have tiles", "input [100]  Dense(100)"],
  ])("%s", async (_, body) => {
    const source = `model Net { ${body} }`;
    expect(await irText(source, "loops", "split-sums")).toBe(await irText(source, "loops", "forward-stores"));
  });

  test("an interpreter gets all inputs at once", async () => {
    const source = "model Net { input [9]  Dense(2) }";
    const options = { engine: "interpreter" } as const;
    const before = await irText(source, "loops", "forward-stores", options);
    expect(await irText(source, "loops", "split-sums", options)).toBe(before);
  });

  test("rows stay a loop, and share what holds the sums", async () => {
    const text = await blocks("model Net { input [3, 9]  Dense(2) }");
    expect(text).toMatch(/^dense\(x\[27\]\) -> y\[6\], sums in a\[2\] \{\n {2}for row in 0\.\.3 \{/);
    expect(text).toContain("a[1] =");
  });

  test("a block is as many elements as another, or one more", async () => {
    for (const inputs of [9, 15, 16, 17, 25, 100]) {
      const text = await irText(`model Net { input [${inputs}]  Dense(2) }`, "loops", "share-indices", {
        unroll: "full",
      });
      // What is read into locals before each sum of the first unit.
      const counts = text
        .split(/^ {2}(?:a\[0\]|let sum0) =/m)
        .slice(0, -1)
        .map((part) => part.match(/let x\d+ = /g)?.length ?? 0);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(inputs);
      expect(counts.length).toBe(Math.ceil(inputs / 8));
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });
});

test("sums keep their bits, whatever the blocks", { timeout: 60_000 }, async () => {
  const layer = fc.record({
    units: fc.integer({ min: 1, max: 12 }),
    activation: fc.constantFrom("linear", "relu", "tanh", "softmax", "gelu"),
    bias: fc.boolean(),
  });
  const stack = fc.record({
    rows: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    inputs: fc.integer({ min: 1, max: 40 }),
    layers: fc.array(layer, { minLength: 1, maxLength: 3 }),
    zeros: fc.constantFrom(0, 0.5, 0.95),
    unroll: fc.constantFrom("auto" as const, "full" as const),
    bound: fc.boolean(),
    seed: fc.nat(),
  });
  let blocked = 0;
  await fc.assert(
    fc.asyncProperty(stack, async ({ rows, inputs, layers, zeros, unroll, bound, seed }) => {
      const shape = rows === undefined ? `${inputs}` : `${rows}, ${inputs}`;
      const body = layers.map((one) => `Dense(${one.units}, ${one.activation}, use_bias=${one.bias})`);
      const model = await modelOf(`model Net { input [${shape}]  ${body.join("  ")} }`);
      const next = numbers(seed);
      const arrays = new Map(
        modelWeights(model).map(({ path, shape: dims }) => {
          const size = dims.reduce((product, axis) => product * axis, 1);
          return [weightKey(path), Float32Array.from({ length: size }, () => (Math.abs(next()) < zeros ? 0 : next()))];
        }),
      );
      const input = Array.from({ length: inputs * (rows ?? 1) }, next);
      const graph = lowerToGraph(model);
      const [inBlocks, atOnce] = (["any", "interpreter"] as const).map((engine) => {
        // The plan of the one, the form of the other.
        const plans = planOperations(graph.operations, { unroll, bound });
        const options = { unroll, bound, engine };
        const program = optimize(lowerToLoops(graph, plans), options, bound ? arrays : new Map(), { verify });
        if (program.kernels.some(({ sums }) => sums !== undefined)) blocked++;
        return interpretLoops(program, { inputs: [input], arrays });
      });
      expect(inBlocks).toEqual(atOnce);
    }),
    { numRuns: 100 },
  );
  expect(blocked).toBeGreaterThan(30);
});
