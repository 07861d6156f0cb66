// Trains the network of src/tape.layers and writes src/tape.safetensors: plain JavaScript, a few seconds.
import { writeFileSync } from "node:fs";

/** What the network learns: slope 1 at zero, limits 1 and -0.8. */
const curve = (x) => (x < 0 ? 0.8 * Math.tanh(x / 0.8) : Math.tanh(x));
const samples = Array.from({ length: 401 }, (_, at) => (at - 200) / 50);

const units = 8;
const steps = 4_000;

// Each hidden unit starts with its bend at another place.
const spread = (from, to) =>
  Float64Array.from(
    { length: units },
    (_, at) => from + ((to - from) * at) / (units - 1),
  );
const weights = {
  hiddenKernel: spread(0.5, 1.5),
  hiddenBias: spread(-2, 2),
  outputKernel: spread(0.1, 0.2),
  outputBias: new Float64Array(1),
};

/** One sample, and how the hidden units take part. */
function forward(x) {
  const hidden = weights.hiddenKernel.map((kernel, unit) =>
    Math.tanh(kernel * x + weights.hiddenBias[unit]),
  );
  const y = hidden.reduce(
    (sum, value, unit) => sum + value * weights.outputKernel[unit],
    weights.outputBias[0],
  );
  return { hidden, y };
}

/** The gradients of the mean squared error. */
function gradients() {
  const sums = zerosLike(weights);
  for (const x of samples) {
    const { hidden, y } = forward(x);
    const error = (2 * (y - curve(x))) / samples.length;
    sums.outputBias[0] += error;
    hidden.forEach((value, unit) => {
      const inner = error * weights.outputKernel[unit] * (1 - value * value);
      sums.outputKernel[unit] += error * value;
      sums.hiddenBias[unit] += inner;
      sums.hiddenKernel[unit] += inner * x;
    });
  }
  return sums;
}

// Adam (Kingma and Ba 2015), with a rate that falls to zero.
const mean = zerosLike(weights);
const square = zerosLike(weights);
for (let step = 1; step <= steps; step++) {
  const rate = 0.02 * (1 - step / steps);
  for (const [name, gradient] of Object.entries(gradients())) {
    gradient.forEach((g, at) => {
      mean[name][at] = 0.9 * mean[name][at] + 0.1 * g;
      square[name][at] = 0.999 * square[name][at] + 0.001 * g * g;
      const direction = mean[name][at] / (1 - 0.9 ** step);
      const size = Math.sqrt(square[name][at] / (1 - 0.999 ** step));
      weights[name][at] -= (rate * direction) / (size + 1e-8);
    });
  }
}
// Silence stays silence.
weights.outputBias[0] -= forward(0).y;

const largest = Math.max(
  ...samples.map((x) => Math.abs(forward(x).y - curve(x))),
);
console.log(`largest difference from the curve: ${largest.toFixed(4)}`);
writeFileSync(
  new URL("src/tape.safetensors", import.meta.url),
  safetensors({
    "dense.kernel": { shape: [1, units], values: weights.hiddenKernel },
    "dense.bias": { shape: [units], values: weights.hiddenBias },
    "dense_1.kernel": { shape: [units, 1], values: weights.outputKernel },
    "dense_1.bias": { shape: [1], values: weights.outputBias },
  }),
);

function zerosLike(arrays) {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { length }]) => [
      name,
      new Float64Array(length),
    ]),
  );
}

/** A safetensors file: the length of the header in 8 bytes, the header as JSON, the numbers. */
function safetensors(arrays) {
  let end = 0;
  const header = {};
  for (const [name, { shape, values }] of Object.entries(arrays)) {
    header[name] = {
      dtype: "F32",
      shape,
      data_offsets: [end, (end += values.length * 4)],
    };
  }
  const json = JSON.stringify(header);
  const text = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const numbers = Float32Array.from(
    Object.values(arrays).flatMap(({ values }) => [...values]),
  );
  return Buffer.concat([length, text, Buffer.from(numbers.buffer)]);
}
