import type { Workload } from "./workload-files.ts";

/** The outputs of all calls, `[calls * batch, outputs]`, computed in float64 from the float32 weights. */
export function referenceOutputs({ samples, inputs, outputs, layers }: Workload): Float64Array {
  const rows = samples.length / inputs;
  const result = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    let values: Float64Array = Float64Array.from(samples.subarray(row * inputs, (row + 1) * inputs));
    for (const { units, kernel, bias, activation } of layers) {
      const sums = bias === undefined ? new Float64Array(units) : Float64Array.from(bias);
      for (let k = 0; k < values.length; k++) addRow(sums, kernel, k * units, values[k] as number);
      values = activate(activation, sums);
    }
    result.set(values, row * outputs);
  }
  return result;
}

function addRow(sums: Float64Array, kernel: Float32Array, offset: number, value: number): void {
  for (let unit = 0; unit < sums.length; unit++) {
    sums[unit] = (sums[unit] as number) + value * (kernel[offset + unit] as number);
  }
}

function activate(activation: Workload["layers"][number]["activation"], values: Float64Array): Float64Array {
  switch (activation) {
    case "linear":
      return values;
    case "relu":
      return values.map((value) => Math.max(value, 0));
    case "tanh":
      return values.map(Math.tanh);
    case "softmax": {
      const largest = Math.max(...values);
      const powers = values.map((value) => Math.exp(value - largest));
      const sum = powers.reduce((total, value) => total + value, 0);
      return powers.map((value) => value / sum);
    }
  }
}

/** Root of the mean squared error, beside that of the expected values: `NaN` when an output is not a number. */
export function relativeRms(actual: ArrayLike<number>, expected: Float64Array): number {
  let errors = 0;
  let squares = 0;
  for (let at = 0; at < expected.length; at++) {
    const wanted = expected[at] as number;
    errors += ((actual[at] as number) - wanted) ** 2;
    squares += wanted ** 2;
  }
  return Math.sqrt(errors / squares);
}
