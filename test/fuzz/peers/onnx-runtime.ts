import { createRequire } from "node:module";
import path from "node:path";
import type { Peer } from "./peer.ts";

interface OnnxTensor {
  readonly data: ArrayLike<number | bigint | string>;
}

interface OnnxRuntime {
  readonly env: { readonly wasm: { numThreads: number }; logLevel: string };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(
      bytes: Uint8Array,
      options: object,
    ): Promise<{
      readonly inputNames: readonly string[];
      run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
      release(): Promise<void>;
    }>;
  };
}

/** ONNX Runtime, where it is installed; each sample is a batch of its own, and all outputs of numbers are given. */
export function onnxRuntime(folder: string): Peer {
  const runtime = createRequire(path.resolve(folder, "package.json"))("onnxruntime-web") as OnnxRuntime;
  runtime.env.wasm.numThreads = 1;
  runtime.env.logLevel = "fatal";
  return async (files, name, inputs) => {
    try {
      const session = await runtime.InferenceSession.create(files[name] as Uint8Array, { logSeverityLevel: 4 });
      try {
        const [input] = session.inputNames;
        if (input === undefined || session.inputNames.length > 1) return undefined;
        const all: (readonly ArrayLike<number>[])[] = [];
        for (const { shape, data } of inputs) {
          const tensor = new runtime.Tensor("float32", Float32Array.from(data), [1, ...shape]);
          const outputs = Object.values(await session.run({ [input]: tensor }));
          all.push(outputs.flatMap((output) => (output.data instanceof Float32Array ? [output.data] : [])));
        }
        return all;
      } finally {
        await session.release();
      }
    } catch {
      return undefined;
    }
  };
}
