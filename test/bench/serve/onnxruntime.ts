import { readFileSync } from "node:fs";
import path from "node:path";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { inputsOf } from "../workload-files.ts";
import type { Contender } from "./contender.ts";

/** What the native and the WebAssembly package have in common. */
interface Runtime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => Tensor;
}

/**
 * onnxruntime on a file of the workload's folder, with one thread. Tensors are made once, the output's included where `fetches` says so:
 * onnxruntime then writes into it.
 */
export function onnxruntimeContender(
  runtime: Runtime,
  provider: "cpu" | "wasm",
  file: string,
  fetches: boolean,
): Contender {
  return {
    async prepare(workload) {
      const session = await runtime.InferenceSession.create(readFileSync(path.join(workload.folder, file)), {
        executionProviders: [provider],
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        executionMode: "sequential",
        graphOptimizationLevel: "all",
      });
      const { batch, calls, inputs, outputs } = workload;
      const tensors = Array.from({ length: calls }, (_, at) => ({
        input: new runtime.Tensor("float32", inputsOf(workload, at).slice(), [batch, inputs]),
      }));
      const made = { output: new runtime.Tensor("float32", new Float32Array(batch * outputs), [batch, outputs]) };
      return {
        async call(at) {
          const feeds = tensors[at] as { readonly input: Tensor };
          const results = fetches ? await session.run(feeds, made) : await session.run(feeds);
          return results["output"]!.data as Float32Array;
        },
      };
    },
  };
}
