import type { Contender } from "../serve/contender.ts";
import { brainNetwork } from "../serve/brain-network.ts";
import { inputsOf } from "../workload-files.ts";

/**
 * The function that `toFunction` of brain.js generates, with literals for weights. Its last layer has the hidden layers'
 * activation where the workload asks for softmax: it computes less.
 */
export default (): Contender => ({
  async prepare(workload) {
    const run = brainNetwork(workload).toFunction();
    const samples = Array.from({ length: workload.calls }, (_, at) => inputsOf(workload, at).slice());
    return { call: (at) => run(samples[at] as Float32Array) };
  },
});
