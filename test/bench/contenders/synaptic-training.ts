import { Architect, Neuron } from "synaptic";
import type { Contender } from "../serve/contender.ts";
import { onlineRate } from "../training/online-rules.ts";
import { patternsOf } from "../training/patterns.ts";

/** `activate` and `propagate` for each sample of a batch, by the function that synaptic generates for its network. */
export default (): Contender => ({
  async prepare(workload) {
    const { inputs, layers } = workload;
    const network = new Architect.Perceptron(inputs, ...layers.map(({ units }) => units));
    const all = network.neurons().map(({ neuron }) => neuron);
    let first = 0;
    let width = inputs;
    layers.forEach(({ units, kernel, bias }, at) => {
      const [from, own] = [all.slice(first, first + width), all.slice(first + width, first + width + units)];
      own.forEach((neuron, unit) => {
        if (at < layers.length - 1) neuron.squash = Neuron.squash.RELU;
        neuron.bias = bias?.[unit] ?? 0;
        for (const connection of Object.values(neuron.connections.inputs)) {
          connection.weight = kernel[from.indexOf(connection.from) * units + unit] as number;
        }
      });
      first += width;
      width = units;
    });
    const patternsAt = patternsOf(workload);
    let outputs: readonly number[] = [];
    return {
      call(at) {
        const patterns = patternsAt(at);
        for (let n = 0; n < patterns.length; n++) {
          const { input, output } = patterns[n]!;
          outputs = network.activate(input);
          network.propagate(onlineRate, output);
        }
        return outputs;
      },
    };
  },
});
