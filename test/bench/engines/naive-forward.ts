interface Layer {
  readonly units: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  readonly activation: "linear" | "relu" | "tanh" | "softmax";
}

/** What `contenders/naive.ts` does, as one function whose text is put into scripts. */
export function naiveForward(layers: readonly Layer[]): (input: Float32Array) => Float32Array {
  return (input) => {
    let x = input;
    for (let at = 0; at < layers.length; at++) {
      const { units, kernel, bias, activation } = layers[at]!;
      const y = new Float32Array(units);
      for (let unit = 0; unit < units; unit++) {
        let sum = bias[unit]!;
        for (let k = 0; k < x.length; k++) sum += x[k]! * kernel[k * units + unit]!;
        y[unit] = activation === "relu" ? Math.max(sum, 0) : activation === "tanh" ? Math.tanh(sum) : sum;
      }
      if (activation === "softmax") {
        let maximum = -Infinity;
        for (let unit = 0; unit < units; unit++) maximum = Math.max(maximum, y[unit]!);
        let total = 0;
        for (let unit = 0; unit < units; unit++) total += y[unit] = Math.exp(y[unit]! - maximum);
        for (let unit = 0; unit < units; unit++) y[unit]! /= total;
      }
      x = y;
    }
    return x;
  };
}
