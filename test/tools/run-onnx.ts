import { createRequire } from "node:module";

interface OnnxTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** As much of onnxruntime as the tests use. */
interface OnnxRuntime {
  readonly env: { readonly wasm: { numThreads: number }; logLevel: string };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(bytes: Uint8Array): Promise<{
      readonly inputNames: readonly string[];
      readonly outputNames: readonly string[];
      run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
      release(): Promise<void>;
    }>;
  };
}

/** Installed in a folder of its own, because it is far larger than everything that the project itself needs. */
const require = createRequire(new URL("onnxruntime/package.json", import.meta.url));
const runtime = require("onnxruntime-web") as OnnxRuntime;
runtime.env.wasm.numThreads = 1;
runtime.env.logLevel = "error";

/** Runs an ONNX model of one input and one output on samples; `dims` begin with their number. */
export async function runOnnx(
  bytes: Uint8Array,
  inputs: Float32Array,
  dims: readonly number[],
): Promise<{ readonly data: Float32Array; readonly dims: readonly number[] }> {
  const session = await runtime.InferenceSession.create(bytes);
  try {
    const feeds = { [session.inputNames[0] as string]: new runtime.Tensor("float32", inputs, dims) };
    const { data, dims: shape } = Object.values(await session.run(feeds))[0] as OnnxTensor;
    return { data: Float32Array.from(data), dims: [...shape] };
  } finally {
    await session.release();
  }
}
