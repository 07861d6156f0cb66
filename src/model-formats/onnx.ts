import type { ModelFormat } from "./model-format.ts";

/** ONNX models; protobuf has no signature, so that the ending decides. */
export const onnx: ModelFormat = {
  files: [".onnx"],
  tool: "ONNX",
  endings: [".onnx"],
  detect: (path) => path.endsWith(".onnx"),
  async read(bytes, path, host, { output }) {
    const { readOnnx } = await import("./onnx/read-onnx.ts");
    const { readBeside } = await import("./read-beside.ts");
    return { format: "imported", ...(await readOnnx(bytes, output, (name) => readBeside(name, path, host))) };
  },
};
