import { createRequire } from "node:module";
import path from "node:path";
import type { Peer } from "./peer.ts";

interface Tensor {
  dataSync(): Float32Array;
}

interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  tidy<T>(action: () => T): T;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
}

interface Layers {
  loadLayersModel(handler: object): Promise<{ predict(input: Tensor): Tensor | Tensor[]; dispose(): void }>;
}

interface Manifest {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { readonly paths: readonly string[]; readonly weights: readonly object[] }[];
}

/** TensorFlow.js, where it is installed; of its layers models only. */
export async function tensorflowJs(folder: string): Promise<Peer> {
  const manifest = path.resolve(folder, "package.json");
  const require = createRequire(manifest);
  const tf = require("@tensorflow/tfjs-core") as TensorFlow;
  // Registers itself.
  createRequire(manifest)("@tensorflow/tfjs-backend-cpu");
  const layers = require("@tensorflow/tfjs-layers") as Layers;
  await tf.setBackend("cpu");
  // What it says about a file is nobody's concern here.
  console.warn = () => undefined;
  return async (files, name, inputs) => {
    try {
      const text = files[name] as Uint8Array;
      const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(text)) as Manifest;
      const parts = weightsManifest.flatMap(({ paths }) => paths.map((part) => files[part] as Uint8Array));
      const weightData = Uint8Array.from(Buffer.concat(parts)).buffer;
      const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
      const model = await layers.loadLayersModel({ load: async () => ({ modelTopology, weightSpecs, weightData }) });
      try {
        return inputs.map(({ shape, data }) =>
          tf.tidy(() => {
            const output = model.predict(tf.tensor(Float32Array.from(data), [1, ...shape]));
            return [output].flat().map((one) => Float32Array.from(one.dataSync()));
          }),
        );
      } finally {
        model.dispose();
      }
    } catch {
      return undefined;
    }
  };
}
