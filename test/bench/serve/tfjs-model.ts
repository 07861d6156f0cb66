import { version_cpu } from "@tensorflow/tfjs-backend-cpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { layers as tfLayers, sequential, type Sequential } from "@tensorflow/tfjs-layers";
import { createRequire } from "node:module";
import path from "node:path";
import { inputsOf, type Workload } from "../workload-files.ts";

/** A workload on a backend of TensorFlow.js. */
export interface TfjsModel {
  /** `tf.sequential` with the workload's weights. */
  readonly model: Sequential;
  /** Of each call, as tensors. */
  readonly inputs: readonly tf.Tensor2D[];
  readonly note: string;
}

/** Starts a backend and makes the model and its inputs there. */
export async function tfjsModel(workload: Workload, backend: string): Promise<TfjsModel> {
  const require = createRequire(import.meta.url);
  const wasm = require.resolve("@tensorflow/tfjs-backend-wasm/package.json");
  setWasmPaths(`${path.join(path.dirname(wasm), "dist")}/`);
  if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
  await tf.ready();
  const model = sequential();
  workload.layers.forEach(({ inputs, units, activation, bias }, at) => {
    const input = at === 0 ? { inputShape: [inputs] } : {};
    model.add(tfLayers.dense({ units, activation, useBias: bias !== undefined, ...input }));
  });
  model.setWeights(
    workload.layers.flatMap(({ inputs, units, kernel, bias }) => [
      tf.tensor2d(kernel.slice(), [inputs, units]),
      ...(bias === undefined ? [] : [tf.tensor1d(bias.slice())]),
    ]),
  );
  const inputs = Array.from({ length: workload.calls }, (_, at) =>
    tf.tensor2d(inputsOf(workload, at).slice(), [workload.batch, workload.inputs]),
  );
  // Naming the CPU backend's version keeps its import, which registers it.
  return { model, inputs, note: `${tf.getBackend()} ${version_cpu}` };
}
