import { describe, expect, test } from "vitest";
import { functionOf, irText } from "../ir-text.ts";

const batched = async (source: string): Promise<string> => irText(source, "loops", "batch");

describe("samples of a batch", () => {
  test("are rows of what has none, in chunks", async () => {
    const text = await batched("model Net { input [40]  Dense(8) }");
    expect(text).toContain("// 'samples' is the number of samples, at most 16 a call\n");
    expect(functionOf(text, "dense")).toMatchInlineSnapshot(`
      "dense(a[40*samples]) -> y[8*samples] {
        for row in 0..samples {
          for unit in 0..8 {
            var sum = dense.bias[unit]
            for k in 0..40 {
              sum += dense.kernel[k * 8 + unit] * a[row * 40 + k]
            }
            y[row * 8 + yStart + unit] = sum
          }
        }
      }"
    `);
  });

  test("go on in a loop over rows, and in one over elements", async () => {
    const text = await batched("model Net { input [3, 40]  Dense(40)  Softmax() }");
    expect(functionOf(text, "dense")).toContain("for row in 0..3*samples {");
    expect(functionOf(text, "softmax")).toContain("for row in 0..3*samples {");
    expect(functionOf(await batched("model Net { input [40]  Dense(40)  Activation(gelu) }"), "activation")).toContain(
      "for i in 0..40*samples {",
    );
  });

  test("are around loops that do not go on", async () => {
    const text = functionOf(await batched("model Net { input [2, 40]  Dense(40)  Permute([2, 1]) }"), "permute");
    expect(text).toContain("for row in 0..samples {");
    expect(text).toContain("row * 80");
  });

  test("fewer are computed at once where they are larger", async () => {
    expect(await batched("model Net { input [2000]  Dense(2000) }")).toContain("at most 8 a call");
    expect(await batched("model Net { input [40000]  Dense(3) }")).toContain("at most 2 a call");
  });
});

test("a model of straight-line code only, or of run-time sizes, computes its samples one by one", async () => {
  for (const source of [
    "model Net { input [4]  Dense(4)  Dense(2) }",
    "dim time  model Net { input [time, 40]  Dense(40) }",
  ]) {
    expect(await batched(source)).toBe(await irText(source, "loops", "none"));
  }
});
