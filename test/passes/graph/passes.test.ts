import { describe, expect, test } from "vitest";
import { irText, type Arrays } from "../ir-text.ts";

describe("fuse", () => {
  const fused = (source: string): Promise<string> => irText(source, "graph", "fuse");

  test("joins short functions to what gives their elements, also behind a reshape", async () => {
    const source = "model Net { input [4]  Dense(4, relu)  Reshape([2, 2])  ReLU(max_value=6)  Dense(2) }";
    expect(await fused(source)).toMatchInlineSnapshot(`
      "Net(%0: [4]) -> [2, 2] {
        // dense: Dense [4] -> [4], relu
        // re_lu: ReLU [2, 2] -> [2, 2]
        %1: [4] = dense(%0, dense.kernel [4, 4], dense.bias [4]) | relu | relu_max_value_6
        // reshape: Reshape [4] -> [2, 2]
        %3: [2, 2] = reshape(%1)
        // dense_1: Dense [2, 2] -> [2, 2]
        %5: [2, 2] = dense(%3, dense_1.kernel [2, 2], dense_1.bias [2])
        return %5
      }
      "
    `);
  });

  test("leaves functions that are called by themselves, unless there are only a few elements", async () => {
    expect(await fused("model Net { input [8]  Dense(5, gelu) }")).toContain("elementwise(%1) | gelu");
    expect(await fused("model Net { input [8]  Dense(4, gelu) }")).toMatch(/dense\(%0, .*\) \| gelu\n/);
  });

  test("joins functions to each other, and leaves what gives no single elements", async () => {
    expect(await fused("model Net { input [8]  ReLU()  ReLU() }")).toContain("elementwise(%0) | relu | relu");
    expect(await fused("model Net { input [8]  Softmax()  ReLU() }")).toContain("elementwise(%1) | relu");
  });
});

describe("fold-affine", () => {
  const batchNorm = (name: string, units: number): Arrays =>
    Object.fromEntries(
      ["gamma", "beta", "moving_mean", "moving_variance"].map((weight, at) => [
        `${name}.${weight}`,
        [[units], Array.from({ length: units }, (_, unit) => 1 + at + unit / 4)],
      ]),
    );
  const dense: Arrays = {
    "dense.kernel": [
      [2, 2],
      [1, 2, 3, 4],
    ],
    "dense.bias": [[2], [5, 6]],
  };
  const folded = (source: string, arrays: Arrays): Promise<string> =>
    irText(source, "graph", "fold-affine", { arrays });

  test("nothing is left of a normalization beside a Dense but its numbers", async () => {
    const source = `model Net { weights "w"  input [2]  Dense(2)  BatchNormalization() }`;
    const text = await folded(source, { ...dense, ...batchNorm("batch_normalization", 2) });
    expect(text).toMatchInlineSnapshot(`
      "Net(%0: [2]) -> [2] {
        // dense: Dense [2] -> [2]
        // batch_normalization: BatchNormalization [2] -> [2], folded into the weights
        %1: [2] = dense(%0, dense.kernel_folded [2, 2] float64, dense.bias_folded [2] float64)
        return %1
      }
      "
    `);
  });

  test("before a Dense as well, a reshape between them or not", async () => {
    const source = `model Net { weights "w"  input [1, 2]  BatchNormalization()  Flatten()  Dense(2) }`;
    const text = await folded(source, { ...dense, ...batchNorm("batch_normalization", 2) });
    expect(text).toMatch(/%2: \[2\] = reshape\(%0\)\n[^]*%3: \[2\] = dense\(%2, dense\.kernel_folded/);
  });

  test("one that stays is a scale and a shift", async () => {
    const source = `model Net { weights "w"  input [2]  BatchNormalization()  Softmax() }`;
    expect(await folded(source, batchNorm("batch_normalization", 2))).toContain(
      "scale: batch_normalization.scale [2] float64, shift: batch_normalization.shift [2] float64",
    );
  });

  test("weights that a caller brings are not known", async () => {
    const source = "model Net { input [2]  Dense(2)  BatchNormalization() }";
    expect(await irText(source, "graph", "fold-affine")).toBe(await irText(source, "graph", "none"));
  });
});

describe("round-kernels", () => {
  const source = "model Net { input [4]  Dense(3)  LayerNormalization() }";

  test("marks the kernels of dense layers where bfloat16 is asked for", async () => {
    const text = await irText(source, "graph", "round-kernels", { precision: "bfloat16" });
    expect(text).toContain("dense(%0, dense.kernel [4, 3] bfloat16, dense.bias [3])");
    expect(text.match(/bfloat16/g)?.length).toBe(1);
  });

  test("else does nothing", async () => {
    expect(await irText(source, "graph", "round-kernels")).toBe(await irText(source, "graph", "fuse"));
  });
});
