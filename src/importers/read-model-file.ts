import type { Host } from "../load/host.ts";
import { maxFileBytes } from "../files/limits.ts";
import { fail, failureOf } from "../files/read-failure.ts";
import { readWeightFile, type ReadResult } from "../weights/read-weight-file.ts";

/**
 * Reads a file of a whole model, with its description in `keras` of every container and layer where it has one. The first
 * bytes give the format. Any content gives a result: no bytes make it throw.
 */
export async function readModelFile(bytes: Uint8Array, path: string, host: Host): Promise<ReadResult> {
  const isOnnx = path.toLowerCase().endsWith(".onnx");
  if (!isOnnx && !looksLikeJson(bytes) && !path.toLowerCase().endsWith(".json")) return readWeightFile(bytes, path);
  try {
    if (isOnnx) {
      const { readOnnx } = await import("./onnx/read-onnx.ts");
      return { ok: true, file: { format: "onnx", path, root: readOnnx(bytes) } };
    }
    if (bytes.length > maxFileBytes) fail("too-large", `it has more than ${maxFileBytes} bytes`);
    if (bytes.length === 0) fail("damaged", "it is empty");
    const { readTfjs } = await import("./read-tfjs.ts");
    return { ok: true, file: { format: "tfjs-layers", path, root: await readTfjs(bytes, path, host) } };
  } catch (error) {
    const failure = failureOf(error);
    if (failure !== undefined) return { ok: false, failure };
    // An allocation that the machine refuses, or JSON that nests too deep.
    if (error instanceof RangeError) {
      return { ok: false, failure: { kind: "too-large", message: "it needs too much memory" } };
    }
    throw error;
  }
}

/** An object after white space. A safetensors file has its length there. */
function looksLikeJson(bytes: Uint8Array): boolean {
  const first = bytes.subarray(0, 64).find((byte) => ![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].includes(byte));
  return first === 0x7b && bytes[8] !== 0x7b;
}
