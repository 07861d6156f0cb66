// The digits classifier as one would write it by hand, to have something to compare the generated function with.

/** @param weights what the generated `readDigitsWeights` returns */
export function createNaive(weights) {
  const layers = [
    { ...weights.hidden, activation: relu },
    { ...weights.dense, activation: relu },
    { ...weights.dense_1, activation: softmax },
  ];
  return (sample) => {
    let x = sample.map((value) => value / 16);
    for (const { kernel, bias, activation } of layers) {
      const y = Float32Array.from(bias);
      for (let unit = 0; unit < y.length; unit++) {
        for (let k = 0; k < x.length; k++) y[unit] += x[k] * kernel[k * y.length + unit];
      }
      x = activation(y);
    }
    return x;
  };
}

function relu(values) {
  return values.map((value) => Math.max(value, 0));
}

function softmax(values) {
  const maximum = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - maximum));
  const total = powers.reduce((sum, value) => sum + value, 0);
  return powers.map((value) => value / total);
}
