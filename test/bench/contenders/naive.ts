import { inputsOf, type Workload } from "../workload-files.ts";
import type { Contender } from "../serve/contender.ts";

/** As one would write it by hand: loops over `kernel[k * units + unit]`, and an array for each layer. */
export default (): Contender => ({
  async prepare(workload) {
    const inputs = Array.from({ length: workload.calls }, (_, at) => inputsOf(workload, at).slice());
    const { batch, outputs } = workload;
    if (batch === 1) return { call: (at) => forward(workload.layers, inputs[at] as Float32Array) };
    const result = new Float32Array(batch * outputs);
    return {
      call(at) {
        const samples = inputs[at] as Float32Array;
        for (let row = 0; row < batch; row++) {
          const sample = samples.subarray(row * workload.inputs, (row + 1) * workload.inputs);
          result.set(forward(workload.layers, sample), row * outputs);
        }
        return result;
      },
    };
  },
});

function forward(layers: Workload["layers"], input: Float32Array): Float32Array {
  let x = input;
  for (const { units, kernel, bias, activation } of layers) {
    const y = new Float32Array(units);
    for (let unit = 0; unit < units; unit++) {
      let sum = bias === undefined ? 0 : bias[unit]!;
      for (let k = 0; k < x.length; k++) sum += x[k]! * kernel[k * units + unit]!;
      y[unit] = activation === "relu" ? Math.max(sum, 0) : activation === "tanh" ? Math.tanh(sum) : sum;
    }
    if (activation === "softmax") softmax(y);
    x = y;
  }
  return x;
}

function softmax(values: Float32Array): void {
  let maximum = -Infinity;
  for (const value of values) maximum = Math.max(maximum, value);
  let total = 0;
  for (let at = 0; at < values.length; at++) total += values[at] = Math.exp(values[at]! - maximum);
  for (let at = 0; at < values.length; at++) values[at]! /= total;
}
