import { describe, expect, test } from "vitest";
import { irText, type Arrays } from "../ir-text.ts";

const source = `model Net { weights "w"  input [2]  Dense(4, tanh)  Dense(2, relu) }`;
const arrays: Arrays = {
  "dense.kernel": [
    [2, 4],
    [1, 0, 2, 3, 4, 0, 5, 6],
  ],
  "dense.bias": [[4], [0.25, 0.5, 0.75, 1]],
  "dense_1.kernel": [
    [4, 2],
    [1, 2, 3, 4, 0, 0, 5, 0],
  ],
  "dense_1.bias": [[2], [7, 8]],
};

describe("drop-units", () => {
  test("takes out a unit without weights, and one that nothing reads", async () => {
    expect(await irText(source, "graph", "drop-units", { arrays })).toMatchInlineSnapshot(`
      "Net(%0: [2]) -> [2] {
        // dense: Dense [2] -> [4], tanh
        // 2 units left out: 1 read by nothing, 1 constant
        %1: [2] = dense(%0, dense.kernel_pruned [2, 2] float32, dense.bias_pruned [2] float32)
        // dense: Dense [2] -> [4], tanh
        %2: [2] = elementwise(%1) | tanh
        // dense_1: Dense [4] -> [2], relu
        %3: [2] = dense(%2, dense_1.kernel_pruned [2, 2] float32, dense_1.bias_folded [2] float64)
        // dense_1: Dense [4] -> [2], relu
        %4: [2] = elementwise(%3) | relu
        return %4
      }
      "
    `);
  });

  test("the constant goes into the bias behind it, with all digits", async () => {
    const text = await irText(source, "loops", "forward-stores", { arrays });
    for (const [unit, sum] of [7 + 3 * Math.tanh(0.5), 8 + 4 * Math.tanh(0.5)].entries()) {
      expect(text).toContain(`sum${unit} =`);
      expect(text).toContain(String(sum));
    }
  });

  test("keeps every unit where zeros are kept, and where the weights are not known", async () => {
    for (const options of [{ keepZeros: true }, { weights: "file" as const }]) {
      const text = await irText(source, "graph", "drop-units", { arrays, ...options });
      expect(text).toContain("%1: [4] = dense(%0, dense.kernel [2, 4], dense.bias [4])");
    }
  });

  test("what only dropped units read goes with them, layer after layer", async () => {
    const zeros = (shape: readonly number[], ...ones: readonly number[]): Arrays[string] => {
      const size = shape.reduce((a, b) => a * b);
      return [shape, Array.from({ length: size }, (_, at) => (ones.includes(at) ? 1 : 0))];
    };
    const text = await irText(
      `model Net { weights "w"  input [2]  Dense(3, relu)  Dense(3, relu)  Dense(2) }`,
      "graph",
      "drop-units",
      {
        arrays: {
          "dense.kernel": zeros([2, 3], 0, 1, 2, 3, 4, 5),
          "dense.bias": zeros([3]),
          // Unit 0 of the middle reads unit 0 and 1, unit 1 reads unit 2, and unit 2 reads nothing.
          "dense_1.kernel": zeros([3, 3], 0, 3, 7),
          "dense_1.bias": zeros([3], 2),
          // Only unit 0 and 2 are read.
          "dense_2.kernel": zeros([3, 2], 0, 4, 5),
          "dense_2.bias": zeros([2]),
        },
      },
    );
    expect(text).toContain("[2] = dense(%0, dense.kernel_pruned [2, 2]");
    expect(text).toContain("[1] = dense(");
    expect(text).toContain("2 units left out: 1 read by nothing, 1 constant");
  });

  test("leaves a unit where none is needed, and what comes out of the model", async () => {
    const all = (shape: readonly number[]): Arrays[string] => [
      shape,
      Array.from({ length: shape.reduce((a, b) => a * b) }, () => 0),
    ];
    const text = await irText(`model Net { weights "w"  input [2]  Dense(4, relu)  Dense(3) }`, "graph", "drop-units", {
      arrays: {
        "dense.kernel": all([2, 4]),
        "dense.bias": all([4]),
        "dense_1.kernel": all([4, 3]),
        "dense_1.bias": all([3]),
      },
    });
    expect(text).toContain("[1] = dense(%0, dense.kernel_pruned [2, 1]");
    expect(text).toContain("-> [3]");
  });

  test("a constant that is not finite stays where it is", async () => {
    const text = await irText(
      `model Net { weights "w"  input [1]  Dense(2, exponential)  Dense(1) }`,
      "graph",
      "drop-units",
      {
        arrays: {
          "dense.kernel": [
            [1, 2],
            [1, 0],
          ],
          "dense.bias": [[2], [0, 800]],
          "dense_1.kernel": [
            [2, 1],
            [1, 1],
          ],
          "dense_1.bias": [[1], [0]],
        },
      },
    );
    expect(text).toContain("dense(%0, dense.kernel [1, 2]");
  });
});

describe("find-zeros", () => {
  test("counts them", async () => {
    const text = await irText(source, "graph", "find-zeros", { arrays });
    expect(text).toContain("// 1 weight of 0");
  });
});

describe("drop-zeros", () => {
  const term = "dense.kernel";
  test("leaves the terms that are not 0, and reads no more inputs than they need", async () => {
    const text = await irText(`model Net { weights "w"  input [3]  Dense(2) }`, "loops", "share-indices", {
      arrays: {
        "dense.kernel": [
          [3, 2],
          [0, 0, 2, 0, 3, 0],
        ],
        "dense.bias": [[2], [0.5, 0.25]],
      },
    });
    expect(text).not.toContain(term);
    expect(text).toContain("sum0 = 0.5 + 2 * x[xStart + 1] + 3 * x[xStart + 2]");
    expect(text).toContain("y[yStart + 1] = 0.25");
    expect(text).not.toContain("x[xStart]");
  });

  test("leaves all of them where zeros are kept", async () => {
    const text = await irText(`model Net { weights "w"  input [2]  Dense(1) }`, "loops", "share-indices", {
      keepZeros: true,
      arrays: {
        "dense.kernel": [
          [2, 1],
          [0, 2],
        ],
        "dense.bias": [[1], [0.5]],
      },
    });
    expect(text).toContain("0 * x[xStart] + 2 * x[xStart + 1]");
  });
});
