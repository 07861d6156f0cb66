import type { ModelFormat } from "./model-format.ts";

/** Models of TensorFlow.js: a `model.json` of layers or of operations, and its shards. */
export const tfjs: ModelFormat = {
  files: ["model.json"],
  tool: "TensorFlow.js",
  endings: [".json"],
  fileName: "model.json",
  detect: (path, bytes) => path.endsWith(".json") || looksLikeJson(bytes),
  async read(bytes, path, host, output) {
    const { parseJson } = await import("../files/json.ts");
    const model = parseJson(bytes, "model.json");
    const { isGraphModel, readGraphModel } = await import("./tfjs-graph/read-graph-model.ts");
    if (isGraphModel(model)) return { format: "imported", ...(await readGraphModel(model, path, host, output)) };
    const { readTfjs } = await import("./read-tfjs.ts");
    const { partUpTo } = await import("./part-up-to.ts");
    return { format: "imported", root: partUpTo(await readTfjs(model, path, host), output) };
  },
};

/** An object after white space. A safetensors file has its length there. */
function looksLikeJson(bytes: Uint8Array): boolean {
  const first = bytes.subarray(0, 64).find((byte) => ![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].includes(byte));
  return first === 0x7b && bytes[8] !== 0x7b;
}
