import brain from "brain.js";
import { inputsOf } from "../workload-files.ts";
import type { Contender } from "../serve/contender.ts";

/**
 * The function that `toFunction` of brain.js generates, with literals for weights. Its networks have one activation for
 * all layers, so its last layer has the hidden layers' where the workload asks for softmax: it computes less.
 */
export default (): Contender => ({
  async prepare(workload) {
    const { layers, inputs } = workload;
    const activation = layers[0]?.activation ?? "";
    if (activation !== "relu" && activation !== "tanh") throw new Error(`brain.js has no ${activation}`);
    const network = new brain.NeuralNetwork({ activation }) as unknown as BrainNetwork;
    Object.assign(network, {
      sizes: [inputs, ...layers.map(({ units }) => units)],
      outputLayer: layers.length,
      // `[unit][input]`; the input layer has neither.
      weights: [undefined, ...layers.map((layer) => columns(layer))],
      biases: [undefined, ...layers.map(({ bias, units }) => [...(bias ?? new Float32Array(units))])],
    });
    const run = network.toFunction();
    const samples = Array.from({ length: workload.calls }, (_, at) => inputsOf(workload, at).slice());
    return { call: (at) => run(samples[at] as Float32Array) };
  },
});

/** Its types do not say what it has. */
interface BrainNetwork {
  toFunction(): (input: ArrayLike<number>) => number[];
}

function columns({ inputs, units, kernel }: { inputs: number; units: number; kernel: Float32Array }): number[][] {
  return Array.from({ length: units }, (_, unit) =>
    Array.from({ length: inputs }, (_, k) => kernel[k * units + unit] as number),
  );
}
