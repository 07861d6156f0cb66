import { describe, expect, test } from "vitest";
import { functionOf, irText } from "../ir-text.ts";

describe("share-loads", () => {
  test("an element of the input that is read twice is read into a local", async () => {
    const text = await irText("model Net { input [2]  Dense(2) }", "loops", "share-loads");
    expect(functionOf(text, "dense")).toMatchInlineSnapshot(`
      "dense(x[2]) -> y[2] {
        let x0 = x[xStart]
        let x1 = x[xStart + 1]
        let sum0 = dense.bias[0] + dense.kernel[0] * x0 + dense.kernel[2] * x1
        y[yStart] = sum0
        let sum1 = dense.bias[1] + dense.kernel[1] * x0 + dense.kernel[3] * x1
        y[yStart + 1] = sum1
      }"
    `);
  });

  test("in a loop, once a step", async () => {
    const text = functionOf(
      await irText("model Net { input [50]  LayerNormalization() }", "loops", "share-loads"),
      "layer_normalization",
    );
    expect(text).toContain("let x0 = a[i]\n    variance += (x0 - mean) * (x0 - mean)");
  });

  test("what is read once, and what was written, stay", async () => {
    const text = await irText("model Net { input [2]  Softmax() }", "loops", "share-loads", { unroll: "none" });
    expect(text).not.toContain("let x");
  });
});

describe("share-weights, a part of tile", () => {
  test("a weight of several rows is read once", async () => {
    const text = functionOf(await irText("model Net { input [40]  Dense(8) }", "loops", "tile"), "dense");
    expect(text).toContain("let weight0 = dense.kernel.panels8[k * 8 + half]");
    expect(text).toContain("sum0_0 += weight0 * a[k + row * 40]\n        sum0_1 += weight0 * a[k + row * 40 + 40]");
  });
});

describe("share-indices", () => {
  const dense = "model Net { input [3, 2]  Dense(2, relu) }";

  test("an index that accesses share but for a constant is computed once", async () => {
    expect(functionOf(await irText(dense, "loops", "share-indices"), "dense")).toMatchInlineSnapshot(`
      "dense(x[6]) -> y[6] {
        for row in 0..3 {
          index xAt = xStart + row * 2
          index yAt = yStart + row * 2
          let x0 = x[xAt]
          let x1 = x[xAt + 1]
          let sum0 = dense.bias[0] + dense.kernel[0] * x0 + dense.kernel[2] * x1
          y[yAt] = relu(sum0)
          let sum1 = dense.bias[1] + dense.kernel[1] * x0 + dense.kernel[3] * x1
          y[yAt + 1] = relu(sum1)
        }
      }"
    `);
  });

  test("what a loop does not change is computed before it", async () => {
    const text = functionOf(await irText("model Net { input [40]  Dense(8) }", "loops", "share-indices"), "dense");
    expect(text).toMatch(/index at = row \* 40\n +index yAt = yStart \+ row \* 8\n +for half in 0\.\.8 step 4 \{/);
    expect(text).toMatch(/for k in 0\.\.40 \{\n +index at1 = at \+ k\n/);
  });

  test("what a lookup gives is not known before it", async () => {
    const text = functionOf(
      await irText("dim time  model Net { input [time]  Embedding(9, 40)  }", "loops", "share-indices"),
      "embedding",
    );
    expect(text).toMatch(/index token = lookup\(x\[xStart \+ i\]\) below 9\n/);
    expect(text.indexOf("token * 40")).toBeGreaterThan(text.indexOf("lookup"));
  });
});
