import { describe, expect, test } from "vitest";
import type { ModelLayer } from "../../src/check/model.ts";
import { loadWeights } from "../../src/weights/load-weights.ts";
import { weightDiagnostics } from "../../src/weights/weight-diagnostics.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import {
  activation,
  bind,
  clauseSpan,
  pathSpan,
  dense,
  fixture,
  layer,
  memoryHost,
  model,
  nested,
  shape,
  type BoundModel,
} from "./support.ts";

const relu = activation("relu");
const softmax = activation("softmax");

/** A safetensors file of arrays whose every element is the place in the list. */
function tensors(arrays: Readonly<Record<string, readonly number[]>>): Uint8Array {
  return writeSafetensors(
    Object.entries(arrays).map(([name, axes], index) => ({
      name,
      shape: axes,
      data: new Float32Array(axes.reduce((product, size) => product * size, 1)).fill(index),
    })),
  );
}

function firstValues(result: BoundModel): Readonly<Record<string, number | undefined>> {
  return Object.fromEntries([...(result.own ?? [])].map(([key, data]) => [key, data[0]]));
}

function message(result: BoundModel): string {
  return result.diagnostics
    .map((diagnostic) => `${diagnostic.message}${diagnostic.help === undefined ? "" : ` = ${diagnostic.help}`}`)
    .join("\n");
}

const caseFile = (name: string, path: string) => fixture(`keras/models/${name}/${path}`);

describe("safetensors", () => {
  const twoLayers = tensors({ "a.kernel": [2, 2], "a.bias": [2], "b.kernel": [2, 2], "b.bias": [2] });

  test("named layers bind by name, whatever the order", async () => {
    const result = await bind(
      [dense("b", 2, 2, { named: true }), dense("a", 2, 2, { named: true })],
      "w.safetensors",
      twoLayers,
    );
    expect(result.diagnostics).toEqual([]);
    expect(firstValues(result)).toEqual({ "b/kernel": 2, "b/bias": 3, "a/kernel": 0, "a/bias": 1 });
  });

  test("automatic names bind by their number within the class", async () => {
    const file = tensors({ "dense_10.kernel": [2, 2], "out.kernel": [2, 2], "dense_9.kernel": [2, 2] });
    const layers = [
      dense("dense", 2, 2, { bias: false }),
      dense("out", 2, 2, { bias: false, named: true }),
      dense("dense_1", 2, 2, { bias: false }),
    ];
    const result = await bind(layers, "w.safetensors", file);
    expect(firstValues(result)).toEqual({ "dense/kernel": 2, "out/kernel": 1, "dense_1/kernel": 0 });
  });

  test("a misspelt name is an error that lists the file", async () => {
    const file = tensors({ "hidden.kernel": [2, 2], "hidden.bias": [2] });
    const result = await bind([dense("hiden", 2, 2, { named: true })], "w.safetensors", file);
    expect(result.codes).toEqual(["weight-layer-missing"]);
    expect(message(result)).toBe("The file has no weights for Dense 'hiden'; it has 'hidden' = did you mean 'hidden'?");
    expect(result.own).toBeUndefined();
  });

  test("nested models are nested keys", async () => {
    const file = tensors({
      "encoder.dense.kernel": [3, 2],
      "encoder.dense.bias": [2],
      "dense.kernel": [2, 1],
      "dense.bias": [1],
    });
    const encoder = model("Encoder", [dense("dense", 3, 2)]);
    const result = await bind([nested("encoder", encoder), dense("dense", 2, 1)], "w.safetensors", file);
    expect(result.diagnostics).toEqual([]);
    expect(firstValues(result)).toEqual({
      "encoder/dense/kernel": 0,
      "encoder/dense/bias": 1,
      "dense/kernel": 2,
      "dense/bias": 3,
    });
  });

  test("other names of arrays", async () => {
    const result = await bind(
      [dense("a", 2, 3, { named: true, bias: false })],
      "w.safetensors",
      tensors({ "a.w": [2, 3] }),
    );
    expect(result.codes).toEqual(["weight-arrays-mismatch"]);
    expect(message(result)).toBe("Dense 'a' needs kernel [2, 3], the file's 'a' has 'a.w' [2, 3]");
  });

  test("a transposed kernel", async () => {
    const result = await bind(
      [dense("a", 2, 3, { named: true, bias: false })],
      "w.safetensors",
      tensors({ "a.kernel": [3, 2] }),
    );
    expect(message(result)).toContain("The kernel of Dense 'a' needs the shape [2, 3], found [3, 2] in 'a.kernel'");
    expect(message(result)).toContain("transposed");
  });

  test("NaN and infinity are a warning, and bind", async () => {
    const file = writeSafetensors([
      { name: "dense.kernel", shape: [2, 2], data: Float32Array.of(NaN, 1, Infinity, 0) },
    ]);
    const result = await bind([dense("dense", 2, 2, { bias: false })], "w.safetensors", file);
    expect(result.diagnostics.map((diagnostic) => diagnostic.severity)).toEqual(["warning"]);
    expect(message(result)).toContain("2 of the 4 values in 'dense.kernel'");
    expect(result.own?.size).toBe(1);
  });

  test("a file with more or less than the model", async () => {
    const more = await bind([dense("a", 2, 2)], "w.safetensors", twoLayers);
    expect(message(more)).toBe(
      "The model 'Net' has 1 layer with weights (Dense 'a'), the file has 2 layers ('a', 'b')",
    );
    const none = await bind([dense("a", 2, 2)], "w.safetensors", tensors({}));
    expect(message(none)).toContain("the file has 0 layers (nothing)");
  });

  test("every misspelt name of a file without order is told in one run", async () => {
    const file = tensors({ "hidden.kernel": [2, 2], "middle.kernel": [2, 2], "output.kernel": [2, 2] });
    const named = { bias: false, named: true };
    const layers = [dense("hiden", 2, 2, named), dense("midle", 2, 2, named), dense("output", 2, 2, named)];
    const result = await bind(layers, "w.safetensors", file);
    expect(result.codes).toEqual(["weight-layer-missing", "weight-layer-missing"]);
  });

  test("endless names are cut in messages", async () => {
    const result = await bind(
      [dense("a", 2, 2)],
      "w.safetensors",
      tensors({ [`${"n".repeat(100_000)}.kernel`]: [2, 2] }),
    );
    expect(result.codes).toEqual(["weight-layer-missing"]);
    expect(message(result).length).toBeLessThan(300);
  });

  test("names of the object prototype", async () => {
    const file = tensors({ "__proto__.kernel": [2, 2], "constructor.kernel": [2, 2] });
    const layers = [
      dense("constructor", 2, 2, { named: true, bias: false }),
      dense("__proto__", 2, 2, { named: true, bias: false }),
    ];
    const result = await bind(layers, "w.safetensors", file);
    expect(result.diagnostics).toEqual([]);
    expect([...(result.own ?? [])].map(([key, data]) => [key, data[0]])).toEqual([
      ["constructor/kernel", 1],
      ["__proto__/kernel", 0],
    ]);
  });
});

describe("Keras' files", () => {
  const iris = (first = relu, last = softmax): readonly ModelLayer[] => [
    dense("hidden", 4, 16, { named: true, activation: first }),
    dense("dense", 16, 3, { activation: last }),
  ];
  const formats = ["model.keras", "model.h5", "model.weights.h5"];
  const configured = ["model.keras", "model.h5"];

  test.each(formats)("names that the file lacks bind in order: %s", async (path) => {
    const result = await bind(iris(), path, caseFile("iris_4_16_3", path));
    expect(message(result)).toBe("");
    expect([...(result.own?.keys() ?? [])]).toEqual(["hidden/kernel", "hidden/bias", "dense/kernel", "dense/bias"]);
  });

  test.each(formats)("a wrong shape shows both sides: %s", async (path) => {
    const layers = [
      dense("hidden", 4, 15, { named: true, activation: relu }),
      dense("dense", 15, 3, { activation: softmax }),
    ];
    const result = await bind(layers, path, caseFile("iris_4_16_3", path));
    expect(result.codes).toEqual(["weight-shape-mismatch", "weight-shape-mismatch"]);
    const [first] = result.diagnostics;
    expect(first?.message).toMatch(
      /The kernel of Dense 'hidden' needs the shape \[4, 15\], found \[4, 16\] in '.*\/dense.*'/,
    );
    expect(first?.help).toContain("no 'hidden'");
    expect(first?.span).toEqual(layers[0]?.span);
    expect(first?.related[0]?.span).toEqual(clauseSpan);
    expect(result.own).toBeUndefined();
  });

  test.each(configured)("another activation: %s", async (path) => {
    const result = await bind(iris(activation("tanh")), path, caseFile("iris_4_16_3", path));
    expect(result.codes).toEqual(["weight-forward-mismatch"]);
    expect(message(result)).toContain("Dense 'hidden' has the activation tanh, the file's Dense 'dense' has relu");
  });

  test.each(configured)("other arguments of an activation: %s", async (path) => {
    const result = await bind(iris(activation("relu", { max_value: 6 })), path, caseFile("iris_4_16_3", path));
    expect(result.codes).toEqual(["weight-forward-mismatch"]);
    expect(message(result)).toContain("max_value=6");
  });

  test.each(configured)("an activation as a layer of its own is the same: %s", async (path) => {
    const separate = [
      dense("dense", 4, 16),
      layer("ReLU", "re_lu", { input: shape(16), config: { max_value: null, negative_slope: 0, threshold: 0 } }),
      dense("dense_1", 16, 3),
      layer("Softmax", "softmax", { input: shape(3), config: { axis: 1 } }),
    ];
    expect(message(await bind(separate, path, caseFile("iris_4_16_3", path)))).toBe("");
  });

  test.each(configured)("a missing and a superfluous step: %s", async (path) => {
    const bytes = caseFile("iris_4_16_3", path);
    const missing = await bind(iris(activation("linear")), path, bytes);
    expect(message(missing)).toContain(
      "the model 'Net' computes nothing more, but the file's Dense 'dense' computes relu",
    );
    const rescaling = layer("Rescaling", "rescaling", { input: shape(4), config: { scale: 0.5, offset: 0 } });
    const more = await bind([rescaling, ...iris()], path, bytes);
    expect(message(more)).toContain(
      "At the start, Rescaling 'rescaling' computes Rescaling(0.5, offset=0), but the model in the file computes nothing more",
    );
    const identities = [
      layer("Rescaling", "rescaling", { input: shape(4), config: { scale: 1, offset: 0 } }),
      layer("Dropout", "dropout", { input: shape(4), config: { rate: 0.5 } }),
      layer("Flatten", "flatten", { input: shape(4), output: shape(4) }),
    ];
    expect(message(await bind([...identities, ...iris()], path, bytes))).toBe("");
  });

  test("without a bias", async () => {
    const layers = [
      dense("dense", 4, 16, { bias: false, activation: relu }),
      dense("dense_1", 16, 3, { activation: softmax }),
    ];
    const result = await bind(layers, "model.keras", caseFile("iris_4_16_3", "model.keras"));
    expect(result.codes).toEqual(["weight-arrays-mismatch"]);
    expect(message(result)).toContain(
      "Dense 'dense' needs kernel [4, 16], the file's Dense 'dense' has 'layers/dense/vars/0' [4, 16], 'layers/dense/vars/1' [16]",
    );
  });

  test("names that the file has in another order", async () => {
    const layers = [
      dense("alpha", 4, 4, { named: true }),
      dense("zeta", 3, 4, { named: true }),
      dense("logits", 4, 2, { named: true }),
    ];
    const result = await bind(layers, "model.keras", caseFile("custom_names", "model.keras"));
    expect(result.codes).toEqual(["weight-order-mismatch"]);
    expect(message(result)).toBe("'zeta' comes after 'alpha' in the model, but before it in the file");
    const misspelt = [
      dense("zeta", 3, 4, { named: true }),
      dense("alpa", 4, 5, { named: true }),
      dense("logits", 5, 2, { named: true }),
    ];
    expect(message(await bind(misspelt, "model.weights.h5", caseFile("custom_names", "model.weights.h5")))).toContain(
      "did you mean 'alpha'?",
    );
  });

  test.each(formats)("a layer of another class: %s", async (path) => {
    const norm = layer("LayerNormalization", "layer_normalization", {
      input: shape(3),
      weights: [
        ["gamma", [3]],
        ["beta", [3]],
      ],
    });
    const result = await bind([norm, dense("dense", 3, 3)], path, caseFile("xor_2_8_1", path));
    expect(result.codes[0]).toBe(path === "model.weights.h5" ? "weight-layer-missing" : "weight-class-mismatch");
    expect(result.own).toBeUndefined();
  });

  test.each(formats)("a flat model takes no nested file: %s", async (path) => {
    const layers = [dense("dense", 4, 5), dense("dense_1", 5, 3)];
    const result = await bind(layers, path, caseFile("nested_sequential", path));
    expect(result.codes).toContain(path === "model.weights.h5" ? "weight-layer-missing" : "weight-class-mismatch");
  });

  test("activations of the file that the model lacks", async () => {
    const layers = Array.from({ length: 9 }, (_, index) =>
      dense(`d${index}`, index === 0 ? 5 : 6, index === 8 ? 2 : 6),
    );
    const result = await bind(layers, "model.keras", caseFile("mixed_activations", "model.keras"));
    expect(new Set(result.codes)).toEqual(new Set(["weight-forward-mismatch"]));
    expect(message(result)).toContain("computes hard_sigmoid");
  });

  test("a layer without weights that the language lacks", async () => {
    const layers = [
      layer("Rescaling", "rescaling", { input: shape(3, 4), config: { scale: 1 / 127.5, offset: -1 } }),
      dense("dense", 3, 2, { activation: relu }),
      layer("Flatten", "flatten", { input: shape(4, 2), output: shape(8) }),
      dense("dense_1", 8, 3),
    ];
    const result = await bind(layers, "model.keras", caseFile("extras_rescale_permute", "model.keras"));
    expect(result.codes).toEqual(["weight-forward-mismatch", "weight-forward-mismatch"]);
    expect(message(result)).toContain("the file's Permute 'permute' computes Permute");
    expect(message(result)).toContain("the file's RepeatVector 'repeat_vector' computes RepeatVector");
  });

  test("an activation object in a configuration", async () => {
    const file = fixture("keras/activation_layers/dense_callable_activation_config/model.keras");
    const result = await bind(
      [dense("dense", 3, 4, { activation: activation("leaky_relu", { negative_slope: 0.2 }) }), dense("dense_1", 4, 2)],
      "m.keras",
      file,
    );
    expect(message(result)).toContain(
      "leaky_relu(negative_slope=0.2), the file's Dense 'dense' has leaky_relu(negative_slope=0.15)",
    );
  });

  test("the axis of a softmax", async () => {
    const softmaxLayer = (axis: number) => layer("Softmax", "softmax", { input: shape(3, 4), config: { axis } });
    const file = fixture("keras/activation_layers/softmax_axis1_rank3/model.keras");
    const first = layer("Dense", "dense", {
      input: shape(3, 4),
      config: { activation: activation("linear") },
      weights: [
        ["kernel", [4, 4]],
        ["bias", [4]],
      ],
    });
    expect(message(await bind([first, softmaxLayer(1)], "m.keras", file))).toBe("");
    expect(message(await bind([first, softmaxLayer(-2)], "m.keras", file))).toBe("");
    expect(message(await bind([first, softmaxLayer(-1)], "m.keras", file))).toContain(
      "softmax(axis=-1), the file's Softmax 'softmax' has softmax(axis=1)",
    );
  });
});

describe("clauses", () => {
  const file = tensors({ "dense.kernel": [2, 2], "dense.bias": [2] });
  const host = () => memoryHost({ "w.safetensors": file });
  const inner = (weights?: string) => model("Inner", [dense("dense", 2, 2)], weights);

  test("a model without a clause has no arrays", async () => {
    expect(await loadWeights([inner()], host())).toEqual({ arrays: new Map(), diagnostics: [], dependencies: [] });
  });

  test("a file that can't be reached", async () => {
    const result = await loadWeights([inner("missing.keras")], host());
    expect(result.diagnostics).toMatchObject([
      {
        code: "weights-unreadable",
        span: clauseSpan,
        message: "Can't read the weight file 'missing.keras': no such file",
        help: "without a weights clause the model takes its weights as an argument",
      },
    ]);
    expect(result.diagnostics[0]?.fix).toBeUndefined();
    expect(result.dependencies).toEqual(["missing.keras"]);
    expect((await loadWeights([inner("w.safetensors")], undefined)).diagnostics).toMatchObject([
      { code: "weights-unreadable" },
    ]);
  });

  test("each part of an unzipped .keras folder is read once", async () => {
    const config = new TextEncoder().encode(JSON.stringify({ class_name: "Sequential", config: { layers: [] } }));
    const folder = memoryHost({ "./m.keras/config.json": config });
    const result = await loadWeights([inner("m.keras")], folder);
    expect(result.diagnostics).toMatchObject([{ code: "weights-unsupported" }]);
    expect(folder.reads).toContain("./m.keras/config.json");
    expect(new Set(folder.reads).size).toBe(folder.reads.length);
  });

  test.each([
    ["./w.safetnesors", "./w.safetensors", true],
    ["./irsi.keras", "./iris.keras", true],
    ["./notes.kears", undefined, false],
    ["./iris.npz", undefined, false],
  ])("a file that can't be reached beside one that may be meant: %s", async (written, meant, isCertain) => {
    const names = async () => ["iris.keras", "iris.layers", "notes.txt", "w.safetensors"];
    const { diagnostics } = await loadWeights([inner(written)], { ...host(), namesBeside: names });
    const [found] = diagnostics;
    expect(found?.help).toBe(
      meant === undefined
        ? "without a weights clause the model takes its weights as an argument"
        : `did you mean '${meant}'?`,
    );
    expect(found?.fix?.edits).toEqual(isCertain ? [{ span: pathSpan, text: JSON.stringify(meant) }] : undefined);
  });

  test("a host that throws", async () => {
    const failing = {
      ...host(),
      readBytes: () => {
        throw new Error("disk on fire");
      },
    };
    const result = await loadWeights([inner("w.safetensors")], failing);
    expect(result.diagnostics).toMatchObject([{ code: "weights-unreadable" }]);
    expect(result.diagnostics[0]?.message).toContain("disk on fire");
  });

  test("a damaged file is reported once for all models that nest it", async () => {
    const damaged = memoryHost({ "w.safetensors": file.subarray(0, 40) });
    const bound = inner("w.safetensors");
    const result = await loadWeights([bound, model("Outer", [nested("inner", bound)])], damaged);
    expect(result.diagnostics).toMatchObject([{ code: "weights-damaged", span: clauseSpan }]);
    expect(result.arrays.size).toBe(0);
    expect(damaged.reads).toEqual(["w.safetensors"]);
  });

  test("two clauses over one array", async () => {
    const outer = model("Outer", [nested("inner", inner("w.safetensors"))], "w.safetensors");
    const result = await loadWeights([outer], host());
    expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toContain("weights-bound-twice");
    expect(result.arrays.size).toBe(0);
  });

  test("a part without weights", async () => {
    const bound = inner("w.safetensors");
    const outer = model("Outer", [nested("inner", bound), dense("head", 2, 1, { named: true })]);
    const result = await loadWeights([bound, outer], host());
    expect(result.diagnostics).toMatchObject([
      { code: "weights-partial", message: "Only a part of the model 'Outer' has weights bound: Dense 'head' has none" },
    ]);
    expect([...result.arrays.keys()]).toEqual([bound]);
  });
});

test("codes are stable, kebab-case and unique", () => {
  const codes = weightDiagnostics.map((definition) => definition.code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
});
