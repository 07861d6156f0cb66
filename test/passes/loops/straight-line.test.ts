import { describe, expect, test } from "vitest";
import { functionOf, irText } from "../ir-text.ts";

const softmax = "model Net { input [2]  Softmax() }";
const dense = "model Net { input [3, 2]  Dense(2, relu) }";

describe("unroll", () => {
  test("loops become copies of their bodies, rows stay a loop", async () => {
    expect(functionOf(await irText(dense, "loops", "unroll"), "dense")).toMatchInlineSnapshot(`
      "dense(x[6]) -> y[6] {
        for row in 0..3 {
          var sum0 = dense.bias[0]
          sum0 += dense.kernel[0] * x[xStart + row * 2]
          sum0 += dense.kernel[2] * x[xStart + row * 2 + 1]
          y[yStart + row * 2] = relu(sum0)
          var sum1 = dense.bias[1]
          sum1 += dense.kernel[1] * x[xStart + row * 2]
          sum1 += dense.kernel[3] * x[xStart + row * 2 + 1]
          y[yStart + row * 2 + 1] = relu(sum1)
        }
      }"
    `);
  });

  test("rows too, where all is to be spelt out", async () => {
    const text = functionOf(await irText(dense, "loops", "unroll", { unroll: "full" }), "dense");
    expect(text).not.toContain("for ");
    expect(text.match(/ = relu\(sum/g)?.length).toBe(6);
  });

  test("names of copies differ, also of nested loops", async () => {
    const text = await irText("model Net { input [3, 2]  Dense(2) }", "loops", "unroll", { unroll: "full" });
    for (const name of ["sum0_0", "sum1_0", "sum0_1", "sum1_2"]) expect(text).toContain(`var ${name} = `);
  });

  test("loops of a number of steps known only at run time stay", async () => {
    const source = "dim time  model Net { input [time, 3]  Dense(4)  Softmax(axis=1) }";
    const text = await irText(source, "loops", "share-indices", { unroll: "full" });
    expect(functionOf(text, "softmax")).toContain("for i in 0..time {");
    expect(functionOf(text, "dense")).toContain("for row in 0..time {");
    expect(functionOf(text, "dense")).not.toContain("for k in");
  });

  test("so do those whose steps are as long as only run time knows", async () => {
    const source = "dim time  model Net { input [2, time]  Softmax(axis=1) }";
    const text = functionOf(await irText(source, "loops", "unroll", { unroll: "full" }), "softmax");
    expect(text).toContain("for i in 0..2 {");
    expect(text).toContain("x[xStart + i * time + j]");
  });
});

describe("embed-weights", () => {
  const source = `model Net { weights "w"  input [2]  Dense(1) }`;
  const arrays = {
    "dense.kernel": [
      [2, 1],
      [0.1, -3],
    ],
    "dense.bias": [[1], [0]],
  } as const;

  test("known weights are numbers", async () => {
    const text = await irText(source, "loops", "embed-weights", { arrays });
    expect(functionOf(text, "dense")).toMatchInlineSnapshot(`
      "dense(x[2]) -> y[1] {
        var sum = 0
        sum += 0.10000000149011612 * x[xStart]
        sum += (-3) * x[xStart + 1]
        y[yStart] = sum
      }"
    `);
  });

  test("those of a file beside the module are not known", async () => {
    const text = await irText(source, "loops", "embed-weights", { arrays, weights: "file" });
    expect(text).toContain("sum += dense.kernel[0] * x[xStart]");
  });

  test("those of loops stay in their arrays", async () => {
    const text = await irText(source, "loops", "embed-weights", { arrays, unroll: "none" });
    expect(text).toContain("sum += dense.kernel[k] * a[k]");
  });
});

describe("sum-additions", () => {
  test("what is added to a local becomes one sum, where it is first read", async () => {
    expect(functionOf(await irText(dense, "loops", "sum-additions"), "dense")).toMatchInlineSnapshot(`
      "dense(x[6]) -> y[6] {
        for row in 0..3 {
          let sum0 =
            dense.bias[0]
            + dense.kernel[0] * x[xStart + row * 2]
            + dense.kernel[2] * x[xStart + row * 2 + 1]
          y[yStart + row * 2] = relu(sum0)
          let sum1 =
            dense.bias[1]
            + dense.kernel[1] * x[xStart + row * 2]
            + dense.kernel[3] * x[xStart + row * 2 + 1]
          y[yStart + row * 2 + 1] = relu(sum1)
        }
      }"
    `);
  });

  test("maxima become one maximum", async () => {
    expect(functionOf(await irText(softmax, "loops", "sum-additions"), "softmax")).toMatchInlineSnapshot(`
      "softmax(x[2]) -> y[2] {
        let maximum = max(max(-Infinity, x[xStart]), x[xStart + 1])
        let e0 = exp(x[xStart] - maximum)
        y[yStart] = e0
        let e1 = exp(x[xStart + 1] - maximum)
        y[yStart + 1] = e1
        let total = e0 + e1
        y[yStart] = y[yStart] / total
        y[yStart + 1] = y[yStart + 1] / total
      }"
    `);
  });

  test("terms of zero go", async () => {
    const source = "model Net { input [2]  Dense(1, use_bias=false) }";
    const text = await irText(source, "loops", "sum-additions");
    expect(text).toContain("let sum = dense.kernel[0] * x[xStart] + dense.kernel[1] * x[xStart + 1]");
  });

  test("long sums are cut, for compilers descend a level a term", async () => {
    const source = "model Net { input [300]  Dense(1) }";
    const text = functionOf(await irText(source, "loops", "sum-additions", { unroll: "full" }), "dense");
    expect(text.match(/^ {2}let sum/gm)).toEqual(["  let sum", "  let sum"]);
    expect(text).toContain("let sum_1 =\n    sum\n");
    expect(text.match(/dense\.kernel/g)?.length).toBe(300);
  });

  test("so are long chains of maxima", async () => {
    const source = "model Net { input [80]  Softmax() }";
    const text = functionOf(await irText(source, "loops", "sum-additions", { unroll: "full" }), "softmax");
    const depths = [...text.matchAll(/let maximum\w* = (max\()+/g)].map(([whole]) => whole.split("max(").length - 1);
    expect(depths).toEqual([32, 32, 16]);
  });

  test("what a loop adds to a local around it stays an addition", async () => {
    const source = "dim time  model Net { input [time, 2]  GlobalAveragePooling1D() }";
    const text = await irText(source, "loops", "sum-additions", { unroll: "full" });
    expect(text).toMatch(/for i in 0\.\.time \{\n +mean\w* \+= /);
  });
});

describe("forward-stores", () => {
  test("what was just written is read from its local, and a write that another one replaces goes", async () => {
    expect(functionOf(await irText(softmax, "loops", "forward-stores"), "softmax")).toMatchInlineSnapshot(`
      "softmax(x[2]) -> y[2] {
        let maximum = max(max(-Infinity, x[xStart]), x[xStart + 1])
        let e0 = exp(x[xStart] - maximum)
        let e1 = exp(x[xStart + 1] - maximum)
        let total = e0 + e1
        y[yStart] = e0 / total
        y[yStart + 1] = e1 / total
      }"
    `);
  });

  test("loops read what is written", async () => {
    const text = await irText(softmax, "loops", "forward-stores", { unroll: "none" });
    expect(text).toContain("y[yStart + i] = y[yStart + i] / total");
  });
});
