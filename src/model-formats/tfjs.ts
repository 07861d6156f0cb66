import type { ModelFormat } from "./model-format.ts";

/** Models that are JSON: those of TensorFlow.js, of layers or of operations, with their shards, and what `model.to_json()` gives. */
export const tfjs: ModelFormat = {
  files: ["model.json"],
  tool: "TensorFlow.js",
  endings: [".json"],
  fileName: "model.json",
  detect: (path, bytes) => path.endsWith(".json") || looksLikeJson(bytes),
  async read(bytes, path, host, choice) {
    const { readJsonModel } = await import("./read-json-model.ts");
    return readJsonModel(bytes, path, host, choice);
  },
};

/** An object after white space. A safetensors file has its length there. */
function looksLikeJson(bytes: Uint8Array): boolean {
  const first = bytes.subarray(0, 64).find((byte) => ![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].includes(byte));
  return first === 0x7b && bytes[8] !== 0x7b;
}
