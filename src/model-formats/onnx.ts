import type { ModelFormat } from "./model-format.ts";

/** ONNX models; protobuf has no signature, so that the ending decides. */
export const onnx: ModelFormat = {
  files: [".onnx"],
  tool: "ONNX",
  endings: [".onnx"],
  detect: (path) => path.endsWith(".onnx"),
  async read(bytes, _path, _host, output) {
    const { readOnnx } = await import("./onnx/read-onnx.ts");
    return { format: "imported", root: readOnnx(bytes, output) };
  },
};
