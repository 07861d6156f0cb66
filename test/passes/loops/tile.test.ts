import { describe, expect, test } from "vitest";
import { functionOf, irText } from "../ir-text.ts";

const tiled = async (source: string): Promise<string> => irText(source, "loops", "tile");

test("eight units side by side for one row, four for each of two rows", async () => {
  const text = functionOf(await tiled("model Net { input [40]  Dense(8) }"), "dense");
  expect(text).toMatchInlineSnapshot(`
    "dense(a[40*samples]) -> y[8*samples] {
      if samples is odd {
        var sum0 = dense.bias[0]
        var sum1 = dense.bias[1]
        var sum2 = dense.bias[2]
        var sum3 = dense.bias[3]
        var sum4 = dense.bias[4]
        var sum5 = dense.bias[5]
        var sum6 = dense.bias[6]
        var sum7 = dense.bias[7]
        for k in 0..40 {
          sum0 += dense.kernel.panels8[k * 8] * a[k]
          sum1 += dense.kernel.panels8[k * 8 + 1] * a[k]
          sum2 += dense.kernel.panels8[k * 8 + 2] * a[k]
          sum3 += dense.kernel.panels8[k * 8 + 3] * a[k]
          sum4 += dense.kernel.panels8[k * 8 + 4] * a[k]
          sum5 += dense.kernel.panels8[k * 8 + 5] * a[k]
          sum6 += dense.kernel.panels8[k * 8 + 6] * a[k]
          sum7 += dense.kernel.panels8[k * 8 + 7] * a[k]
        }
        y[yStart] = sum0
        y[yStart + 1] = sum1
        y[yStart + 2] = sum2
        y[yStart + 3] = sum3
        y[yStart + 4] = sum4
        y[yStart + 5] = sum5
        y[yStart + 6] = sum6
        y[yStart + 7] = sum7
      }
      for row in samples mod 2..samples step 2 {
        for half in 0..8 step 4 {
          var sum0_0 = dense.bias[half]
          var sum0_1 = dense.bias[half]
          var sum1_0 = dense.bias[half + 1]
          var sum1_1 = dense.bias[half + 1]
          var sum2_0 = dense.bias[half + 2]
          var sum2_1 = dense.bias[half + 2]
          var sum3_0 = dense.bias[half + 3]
          var sum3_1 = dense.bias[half + 3]
          for k in 0..40 {
            let weight0 = dense.kernel.panels8[k * 8 + half]
            let weight1 = dense.kernel.panels8[k * 8 + half + 1]
            let weight2 = dense.kernel.panels8[k * 8 + half + 2]
            let weight3 = dense.kernel.panels8[k * 8 + half + 3]
            sum0_0 += weight0 * a[k + row * 40]
            sum0_1 += weight0 * a[k + row * 40 + 40]
            sum1_0 += weight1 * a[k + row * 40]
            sum1_1 += weight1 * a[k + row * 40 + 40]
            sum2_0 += weight2 * a[k + row * 40]
            sum2_1 += weight2 * a[k + row * 40 + 40]
            sum3_0 += weight3 * a[k + row * 40]
            sum3_1 += weight3 * a[k + row * 40 + 40]
          }
          y[yStart + half + row * 8] = sum0_0
          y[yStart + half + row * 8 + 8] = sum0_1
          y[yStart + half + row * 8 + 1] = sum1_0
          y[yStart + half + row * 8 + 9] = sum1_1
          y[yStart + half + row * 8 + 2] = sum2_0
          y[yStart + half + row * 8 + 10] = sum2_1
          y[yStart + half + row * 8 + 3] = sum3_0
          y[yStart + half + row * 8 + 11] = sum3_1
        }
      }
    }"
  `);
});

describe("rows", () => {
  test("two at once are for layers that take time", async () => {
    const text = await tiled("model Net { input [64]  large: Dense(64)  small: Dense(3) }");
    expect(functionOf(text, "large")).toContain("for row in samples mod 2..samples step 2 {");
    expect(functionOf(text, "small")).toContain("for row in 0..samples {");
    expect(functionOf(text, "small")).not.toContain("step 2");
  });

  test("of an odd number, the first one is taken by itself", async () => {
    const text = functionOf(await tiled("dim time  model Net { input [3, time, 40]  Dense(40) }"), "dense");
    expect(text).toContain("if 3*time is odd {");
    expect(text).toContain("for row in 3*time mod 2..3*time step 2 {");
    expect(functionOf(await tiled("dim time  model Net { input [2, time, 40]  Dense(40) }"), "dense")).toContain(
      "for row in 0..2*time step 2 {",
    );
  });
});

describe("units", () => {
  test("whole panels in a loop, and the rest", async () => {
    const text = functionOf(await tiled("dim time  model Net { input [1, 40]  Dense(19) }"), "dense");
    expect(text).toContain("for unit in 0..16 step 8 {");
    expect(text).toContain("sum7 += dense.kernel.panels8[unit * 40 + k * 8 + 7] * ");
    // Three units in a panel as wide as they are.
    expect(text).toContain("dense.kernel.panels8[k * 3 + 642] * ");
  });

  test("layers of up to three units take four inputs a step", async () => {
    const text = functionOf(await tiled("model Net { input [130]  Dense(2) }"), "dense");
    expect(text).toContain("for k in 0..128 step 4 {");
    expect(text).toContain("dense.kernel.panels8[256] * ");
  });
});
