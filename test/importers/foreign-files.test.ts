import { describe, expect, test } from "vitest";
import { makeSandbox } from "../cli/sandbox.ts";
import { layerc } from "./support.ts";

describe("a file of another world is named for what it is, with the command there that helps", () => {
  test.each([
    ["a.pkl", "x", "it is a pickle of Python", "skl2onnx.to_onnx"],
    ["a.joblib", "x", "it is a pickle of Python", "torch.onnx.export"],
    ["a.pt", "x", "it is a file of PyTorch", "torch.onnx.export(model, x, 'model.onnx')"],
    ["a.tflite", "x", "it is a model of TensorFlow Lite", "model.save('model.keras')"],
    ["a.bin", "\u0018\0\0\0TFL3", "it is a model of TensorFlow Lite", "model.save('model.keras')"],
    ["saved_model.pb", "x", "it is of a SavedModel", "model.save('model.keras')"],
    ["a.ckpt", "x", "it is of a checkpoint of TensorFlow", "model.save('model.keras')"],
    ["a.mlmodel", "x", "it is a model of Core ML", "imported are .keras, .h5, model.json and .onnx"],
    ["a.keras", "version https://git-lfs.github.com/spec/v1\noid", "it is a pointer of Git LFS", "git lfs pull"],
    ["a.h5", "version https://git-lfs.github.com/spec/v1\noid", "it is a pointer of Git LFS", "git lfs pull"],
    ["a.onnx", "version https://git-lfs.github.com/spec/v1\noid", "it is a pointer of Git LFS", "git lfs pull"],
    ["model.json", "<!DOCTYPE html><html>", "it is a web page", "download the file itself"],
    ["a.keras", "<html>not found", "it is a web page", "download the file itself"],
  ])("layerc import %s", async (name, content, what, help) => {
    const { exitCode, stderr } = await layerc(makeSandbox({ [name]: content }), "import", name);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`error[import-unsupported]: The model file can't be imported: ${what}`);
    expect(stderr).toContain(help);
    expect(stderr).not.toContain("damaged");
  });

  test.each([
    ["w.safetensors", "version https://git-lfs.github.com/spec/v1\noid", "it is a pointer of Git LFS"],
    ["w.h5", "<html>not found", "it is a web page"],
    ["w.ckpt", "x", "it is of a checkpoint of TensorFlow"],
  ])('weights "./%s"', async (name, content, what) => {
    const source = `model Net { weights "./${name}" input [4] Dense(3) }`;
    const { exitCode, stderr } = await layerc(
      makeSandbox({ "net.layers": source, [name]: content }),
      "check",
      "net.layers",
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`error[weights-unsupported]: The weight file './${name}' is not supported: ${what}`);
  });
});
