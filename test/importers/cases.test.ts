import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { caseFolder, caseOf, layerc } from "./support.ts";

describe("files of other producers are imported with their meaning", () => {
  test.each([
    ["tfjs-hard-sigmoid", "model.json"],
    ["tfjs-gelu-new", "model.json"],
    ["tfjs-converter-of-keras3", "model.json"],
    ["tfjs-names-dense-vars-0", "model.json"],
    ["tfjs-int32-dense", "model.json"],
    ["tfjs-slash-names", "model.json"],
    ["tfjs-optimizer", "model.json"],
    ["tfjs-keras3-time-distributed", "model.json"],
    ["tfjs-nested-time-distributed", "model.json"],
    ["keras-2.13-linux", "m.keras"],
    ["keras-hdf5-content", "m.keras"],
    ["keras-zip-with-folder", "m.keras"],
    ["hdf5-userblock", "m.h5"],
    ["keras-td33", "m.keras"],
    ["keras-td33", "m.h5"],
    ["keras-td-model", "m.keras"],
    ["keras-td-models", "m.keras"],
    ["keras-td-models", "m.h5"],
    ["keras1-config", "m.h5"],
    ["tfjs-ml5-classes", "model.json"],
    ["tfjs-ml5-regression", "model.json"],
    ["keras-fo_relu", "m.keras"],
    ["keras-fo_relu", "m.h5"],
    ["keras-fo_resh", "m.keras"],
    ["keras-fo_resh", "m.h5"],
    ["keras-ops-normalise", "m.keras"],
    ["keras-rescaling-list", "m.keras"],
    ["keras-thresholded-relu", "m.h5"],
    ["keras-architecture", "model.json"],
    ["keras-unzipped-folder", "m.keras"],
    ["keras-shard", "w.json"],
    ["keras-int4-blocks", "m.keras"],
    ["keras-int4-blocks", "m.h5"],
    ["keras-int4-channels", "m.keras"],
    ["keras-lora", "m.h5"],
    ["keras-lora", "m.keras"],
    ["keras-lora-merged", "m.keras"],
    ["keras-lora-einsum", "m.h5"],
    ["keras-lora-einsum", "m.keras"],
    ["onnx-dead-branch", "m.onnx"],
    ["onnx-skl-output-removed", "m.onnx"],
    ["onnx-state-passes-through", "m.onnx"],
    ["onnx-external-data", "m.onnx"],
    ["onnx-external-small", "ext.onnx"],
    ["onnx-external-mixed", "ext-mixed.onnx"],
    ["onnx-concat-of-one", "concat1.onnx"],
    ["onnx-clip", "clip_limits.onnx"],
    ["onnx-min-then-max", "min_max.onnx"],
    ["onnx-constant-pow", "t_normeps.onnx"],
    ["onnx-prelu-opset8", "m.onnx"],
    ["onnx-prelu-opset8-square", "m.onnx"],
    ["onnx-shape-start-flatten", "m.onnx"],
    ["onnx-swish24", "m.onnx"],
    ["onnx-torch2-softplus", "m.onnx"],
    ["torch113-layernorm-opset14", "m.onnx"],
    ["onnx-layernorm-decomposed", "t_ln_op13.onnx"],
    ["onnx-unbatched", "m.onnx"],
    ["onnx-no-batch-axis", "nobatch.onnx"],
    ["onnx-last-axis-symbolic", "dynlast.onnx"],
    ["onnx-uint8-input", "u8_in.onnx"],
    ["onnx-dequantize-weights", "m.onnx"],
    ["onnx-ml-scaler", "scaler.onnx"],
    ["onnx-skl-binary", "skl_c2_cut.onnx"],
    ["skl2onnx-mlpclassifier", "m.onnx"],
    ["skl2onnx-mlpclassifier-zipmap", "m.onnx"],
    ["skl2onnx-scaler-mlpregressor", "m.onnx"],
  ])("%s: %s computes what its producer does", async (name, file) => {
    const sandbox = caseOf(name);
    const imported = await layerc(sandbox, "import", file, "--name", "Net", "--out-dir", "out");
    expect(imported).toMatchObject({ exitCode: 0 });
    expect(imported.stderr).not.toMatch(/^error/m);
    const verified = await layerc(sandbox, "verify", "out/net.layers", "--against", "cases.json");
    expect(verified).toMatchObject({ exitCode: 0 });
  });
});

test("onnx-float16-keep-io: what computes in float16 is near, and said", async () => {
  const sandbox = caseOf("onnx-float16-keep-io");
  const imported = await layerc(sandbox, "import", "f16_keepio.onnx", "--name", "Net", "--out-dir", "out");
  expect(imported.exitCode).toBe(0);
  expect(imported.stderr).toContain("computes in float16; its weights are rounded to float32");
  const against = ["--against", "cases.json", "--tolerance", "2e-3"];
  expect((await layerc(sandbox, "verify", "out/net.layers", ...against)).exitCode).toBe(0);
});

describe("of two outputs of a chain one is chosen", () => {
  const model = "t_two_out_chain.onnx";

  test("with --output, which the refusal says", async () => {
    const { exitCode, stderr } = await layerc(caseOf("onnx-two-outputs-of-a-chain"), "import", model);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("its graph has 2 outputs, '10', 'l' (on the way to '10'); choose one with --output");
  });

  test.each(["l", "10"])("%s", async (output) => {
    const sandbox = caseOf("onnx-two-outputs-of-a-chain");
    const imported = await layerc(sandbox, "import", model, "--name", "Net", "--out-dir", "out", "--output", output);
    expect(imported).toMatchObject({ exitCode: 0 });
    const verified = await layerc(sandbox, "verify", "out/net.layers", "--against", `${output}.json`);
    expect(verified).toMatchObject({ exitCode: 0 });
  });
});

test("a Dense of 4 bits computes in floats, so that nothing is said of its precision", async () => {
  const imported = await layerc(caseOf("keras-int4-blocks"), "import", "m.keras", "--name", "Net", "--out-dir", "out");
  expect(imported).toMatchObject({ exitCode: 0, stderr: "" });
});

describe("a source binds files of weights alone", () => {
  test.each([
    ["keras-td33", "w.layers"],
    ["keras-2.13-windows-weights", "m.layers"],
    ["keras-shard", "net.layers"],
    ["keras-shard", "one-shard.layers"],
    ["keras-int4-blocks", "w.layers"],
    ["keras-subclass", "net.layers"],
    ["keras-lora", "w.layers"],
    ["hdf5-userblock", "net.layers"],
    ["hdf5-userblock", "netw.layers"],
    ["torch-safetensors-with-buffer", "net.layers"],
    ["torch-pt", "net.layers"],
  ])("%s: %s", async (name, file) => {
    const verified = await layerc(caseOf(name), "verify", file, "--against", "cases.json");
    expect(verified).toMatchObject({ exitCode: 0 });
  });
});

describe("what would compute something else is refused by name", () => {
  test.each([
    ["onnx-dropout-training", "m.onnx", "node 'y' (Dropout) is in training mode"],
    ["onnx-batchnorm-training-opset9", "m.onnx", "node 'd' (BatchNormalization) is in training mode"],
    [
      "keras-q_int8",
      "m.keras",
      "its layer 'dense' is quantised (int8); in Keras, save the model before model.quantize",
    ],
    ["keras-q_int8", "m.h5", "its layer 'dense' is quantised (int8)"],
    ["keras-q8nb", "m.keras", "its layer 'dense' is quantised (int8)"],
    ["keras-n_softN", "m.keras", "Softmax 'softmax' has axis=none: it is over everything, the batch included"],
    ["keras-ops-softmax-none", "m.keras", "over each sample it is axis=(1, 2)"],
    ["keras-subclass", "m.keras", "its class is M, whose layers only its author's code names, not the file"],
    ["keras-subclassed-sequential", "m.keras", "The model 'my_seq' is of the class MySeq, which its author wrote"],
  ])("%s: %s", async (name, file, reason) => {
    const { exitCode, stderr } = await layerc(caseOf(name), "import", file);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(reason);
  });

  test.each([
    ["m.keras", ""],
    ["m.h5", ""],
    ["m.weights.h5", ""],
    ["m.weights.h5", ", use_bias=false"],
  ])("a quantised layer of %s has no scale that is taken for a bias: Dense(6%s)", async (file, bias) => {
    const sandbox = caseOf("keras-q8nb");
    const source = `model Net { weights "./${file}" input [8] Dense(6, relu${bias}) Dense(3${bias}) }`;
    fs.writeFileSync(`${sandbox.folder}/net.layers`, source);
    const { exitCode, stderr } = await layerc(sandbox, "check", "net.layers");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Dense 'dense' needs float weights, the file's .*'dense' is quantised/);
    expect(stderr).toContain("save the model before model.quantize(...)");
  });
});

test("every case is tried", () => {
  const text = fs.readFileSync(new URL(import.meta.url), "utf8");
  expect(fs.readdirSync(caseFolder).filter((name) => !text.includes(`"${name}"`))).toEqual([]);
});

describe("HDF5 that is valid and can't be read is not called damaged", () => {
  test.each([
    ["hdf5-lzf", "w.layers", "the array '/layers/dense/vars/0' is compressed by LZF; load the model in Keras"],
    ["hdf5-external-link", "net.layers", "'/model_weights/dense' is a link to another file; load the model in Keras"],
    ["hdf5-external-link", "netw.layers", "'/layers/dense' is a link to another file; load the model in Keras"],
  ])("%s: %s", async (name, file, reason) => {
    const { exitCode, stderr } = await layerc(caseOf(name), "check", file);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(reason);
    expect(stderr).not.toContain("damaged");
  });
});

test("an array beside the layers is named, and left out", async () => {
  const { exitCode, stderr } = await layerc(caseOf("torch-safetensors-with-buffer"), "check", "net.layers");
  expect(exitCode).toBe(0);
  expect(stderr).toContain(
    "warning[weight-strays]: 'mean' of the weight file './w.safetensors' belongs to no layer and is left out",
  );
});
