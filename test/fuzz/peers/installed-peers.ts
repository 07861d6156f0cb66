import { existsSync } from "node:fs";
import path from "node:path";
import { onnxRuntime } from "./onnx-runtime.ts";
import type { Peers } from "./peer.ts";
import { tensorflowJs } from "./tensorflow-js.ts";

/** Where the tests with other software keep it; seen from the project. */
const folders = { onnx: "test/tools/onnxruntime", tfjs: "test/tools/reference" };

/** The other software that is installed. It is never given a file that layerc does not take. */
export async function installedPeers(): Promise<Peers> {
  const isThere = (folder: string): boolean => existsSync(path.join(folder, "node_modules"));
  return {
    ...(isThere(folders.onnx) ? { ".onnx": onnxRuntime(folders.onnx) } : {}),
    ...(isThere(folders.tfjs) ? { "model.json": await tensorflowJs(folders.tfjs) } : {}),
  };
}
