import { version_cpu } from "@tensorflow/tfjs-backend-cpu";
import { createRequire } from "node:module";
import path from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { layers as tfLayers, sequential } from "@tensorflow/tfjs-layers";
import { inputsOf } from "../workload-files.ts";
import type { Contender } from "../serve/contender.ts";

/** `tf.sequential` with the workload's weights on a backend, the inputs made into tensors beforehand. */
export default ([backend = "cpu"]: readonly string[]): Contender => ({
  async prepare(workload) {
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
    return {
      call(at) {
        const output = model.predict(inputs[at] as tf.Tensor) as tf.Tensor;
        const values = output.dataSync();
        output.dispose();
        return values;
      },
      // Naming the CPU backend's version keeps its import, which registers it.
      note: `${tf.getBackend()} ${version_cpu}`,
    };
  },
});
