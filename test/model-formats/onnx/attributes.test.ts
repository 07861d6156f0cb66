import { describe, expect, test } from "vitest";
import { importOnnx } from "./import-text.ts";
import { onnx, tensor, type TestNode } from "./make-onnx.ts";

const vector = (name: string) => tensor(name, [3], { floats: [1, 2, 3] });
const initializers = [vector("gamma"), vector("beta"), vector("mean"), vector("variance"), vector("slope")];

async function messageOf(node: Partial<TestNode> & Pick<TestNode, "op">, opset: number): Promise<string> {
  const { messages } = await importOnnx(
    onnx({ nodes: [{ in: ["x"], out: ["y"], name: "node", ...node }], initializers, opset }),
  );
  return messages.join();
}

const normalization = { op: "BatchNormalization", in: ["x", "gamma", "beta", "mean", "variance"] };

describe("what an attribute says is followed or refused", () => {
  test.each<[string, Partial<TestNode> & Pick<TestNode, "op">]>([
    ["a misspelt name", { ...normalization, attributes: { epsilom: { f: 1 } } }],
    ["of an elementwise operator", { op: "Relu", attributes: { alpha: { f: 0.5 } } }],
    ["of an activation with others", { op: "LeakyRelu", attributes: { beta: { f: 0.5 } } }],
    ["of a shape", { op: "Flatten", attributes: { start: { i: 1 } } }],
  ])("%s", async (_, node) => expect(await messageOf(node, 13)).toMatch(/node 'node' \(\w+\) has the attribute '\w+'/));

  test("spatial=0 of a BatchNormalization of opset 7 or 8", async () => {
    const node = { ...normalization, attributes: { spatial: { i: 0 } } };
    expect(await messageOf(node, 7)).toContain("has spatial=0, a mean for each place");
    expect(await messageOf({ ...normalization, attributes: { spatial: { i: 1 } } }, 7)).toBe("");
  });

  test.each([
    ["opset 9, which gives the means of the batch", { ...normalization, out: ["y", "m", "v"] }, 9],
    ["opset 15", { ...normalization, attributes: { training_mode: { i: 1 } } }, 15],
  ] as const)("a BatchNormalization in training mode, %s", async (_, node, opset) => {
    expect(await messageOf(node, opset)).toContain("is in training mode; export the model for inference");
  });
});

describe("a slope of PRelu lines up as numpy's arrays do, from opset 7 on", () => {
  test.each([7, 8, 9, 16])("opset %i", async (opset) => {
    const bytes = onnx({
      nodes: [{ op: "PRelu", in: ["x", "slope"], out: ["y"] }],
      initializers,
      input: ["n", 3, 3],
      opset,
    });
    const { body, arrays } = await importOnnx(bytes);
    expect(body).toContain("PReLU(shared_axes=[1])");
    expect(Object.values(arrays)[0]?.shape).toEqual([1, 3]);
  });
});
