import { describe, expect, test } from "vitest";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { bind, dense, layer, shape } from "./support.ts";

function tensors(arrays: Readonly<Record<string, readonly [readonly number[], readonly number[]]>>): Uint8Array {
  return writeSafetensors(
    Object.entries(arrays).map(([name, [size, data]]) => ({ name, shape: size, data: Float32Array.from(data) })),
  );
}

const text = (result: { readonly diagnostics: readonly { readonly message: string; readonly help?: string }[] }) =>
  result.diagnostics.map(({ message, help }) => `${message} | ${help ?? ""}`).join("\n");

describe("safetensors of PyTorch", () => {
  test("an nn.Sequential binds in the order of its numbers, its matrices turned", async () => {
    const bytes = tensors({
      "0.bias": [[2], [7, 8]],
      "0.weight": [
        [2, 3],
        [1, 2, 3, 4, 5, 6],
      ],
      "10.weight": [
        [1, 2],
        [9, 10],
      ],
      "2.weight": [
        [2, 2],
        [11, 12, 13, 14],
      ],
    });
    const layers = [
      dense("dense", 3, 2),
      dense("dense_1", 2, 2, { bias: false }),
      dense("dense_2", 2, 1, { bias: false }),
    ];
    const { own, codes } = await bind(layers, "w.safetensors", bytes);
    expect(codes).toEqual([]);
    expect(own?.get("dense/kernel")).toEqual(Float32Array.of(1, 4, 2, 5, 3, 6));
    expect(own?.get("dense/bias")).toEqual(Float32Array.of(7, 8));
    // A square matrix is turned as well: its name decides.
    expect(own?.get("dense_1/kernel")).toEqual(Float32Array.of(11, 13, 12, 14));
    expect(own?.get("dense_2/kernel")).toEqual(Float32Array.of(9, 10));
  });

  test("named layers bind by name, and a module around them is left away", async () => {
    const bytes = tensors({
      "net.fc1.weight": [
        [2, 2],
        [1, 2, 3, 4],
      ],
      "net.out.weight": [
        [1, 2],
        [5, 6],
      ],
    });
    const layers = [dense("fc1", 2, 2, { named: true, bias: false }), dense("out", 2, 1, { named: true, bias: false })];
    const { own, codes } = await bind(layers, "w.safetensors", bytes);
    expect(codes).toEqual([]);
    expect(own?.get("fc1/kernel")).toEqual(Float32Array.of(1, 3, 2, 4));
  });

  test("counted names give the order: fc2 before fc10", async () => {
    const bytes = tensors({ "fc10.weight": [[1, 1], [10]], "fc2.weight": [[1, 1], [2]] });
    const layers = [dense("dense", 1, 1, { bias: false }), dense("dense_1", 1, 1, { bias: false })];
    const { own } = await bind(layers, "w.safetensors", bytes);
    expect([own?.get("dense/kernel")?.[0], own?.get("dense_1/kernel")?.[0]]).toEqual([2, 10]);
  });

  test("normalisation and embedding", async () => {
    const bytes = tensors({
      "0.weight": [
        [3, 2],
        [1, 2, 3, 4, 5, 6],
      ],
      "1.weight": [[2], [1, 2]],
      "1.bias": [[2], [3, 4]],
      "1.running_mean": [[2], [5, 6]],
      "1.running_var": [[2], [7, 8]],
      "1.num_batches_tracked": [[], [9]],
    });
    const layers = [
      layer("Embedding", "embedding", { input: shape(1), output: shape(1, 2), weights: [["embeddings", [3, 2]]] }),
      layer("BatchNormalization", "batch_normalization", {
        weights: [
          ["gamma", [2]],
          ["beta", [2]],
          ["moving_mean", [2]],
          ["moving_variance", [2]],
        ],
      }),
    ];
    const { own, codes } = await bind(layers, "w.safetensors", bytes);
    expect(codes).toEqual([]);
    expect(own?.get("embedding/embeddings")).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    expect(own?.get("batch_normalization/moving_variance")).toEqual(Float32Array.of(7, 8));
  });

  test("names that tell no order need names in the model", async () => {
    const bytes = tensors({ "a.weight": [[1, 1], [1]], "b.weight": [[1, 1], [2]] });
    const layers = [dense("dense", 1, 1, { bias: false }), dense("dense_1", 1, 1, { bias: false })];
    const result = await bind(layers, "w.safetensors", bytes);
    expect(result.codes).toEqual(["weight-layer-missing"]);
    expect(text(result)).toContain("give those of the model its names");
  });

  test("a matrix that is not as PyTorch keeps it is an error", async () => {
    const bytes = tensors({
      "0.weight": [
        [3, 2],
        [1, 2, 3, 4, 5, 6],
      ],
    });
    const result = await bind([dense("dense", 3, 2, { bias: false })], "w.safetensors", bytes);
    expect(result.codes).toEqual(["weight-shape-mismatch"]);
    expect(text(result)).toContain("[outputs, inputs]");
  });

  test("both schemes in one layer are an error", async () => {
    const bytes = tensors({ "a.weight": [[1, 1], [1]], "a.kernel": [[1, 1], [2]] });
    const result = await bind([dense("a", 1, 1, { named: true, bias: false })], "w.safetensors", bytes);
    expect(result.codes).toEqual(["weight-arrays-mismatch"]);
  });
});
