import fc from "fast-check";
import { writeSafetensors } from "../../src/index.ts";

/** Dense layers with known weights, and what they give, computed without anything of the compiler. */
export interface DenseStack {
  readonly layers: readonly StackLayer[];
}

export interface StackLayer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: "linear" | "relu" | "tanh" | "softmax";
  /** `[inputs, units]`, row-major. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Stacks of one to three layers; units around the width of panels and vectors. */
export const denseStacks: fc.Arbitrary<DenseStack> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 37 }), { minLength: 2, maxLength: 4 }),
    fc.array(fc.constantFrom("linear", "relu", "tanh", "softmax"), { minLength: 3, maxLength: 3 }),
    fc.integer({ min: 1, max: 2 ** 31 }),
  )
  .map(([sizes, activations, seed]) => makeStack(sizes, activations as StackLayer["activation"][], seed));

export function makeStack(
  sizes: readonly number[],
  activations: readonly StackLayer["activation"][],
  seed: number,
): DenseStack {
  const random = uniform(seed);
  return {
    layers: sizes.slice(1).map((units, at): StackLayer => {
      const inputs = sizes[at] as number;
      const scale = 1.5 / Math.sqrt(inputs);
      return {
        inputs,
        units,
        activation: activations[at] as StackLayer["activation"],
        kernel: Float32Array.from({ length: inputs * units }, () => scale * random()),
        bias: Float32Array.from({ length: units }, () => 0.5 * random()),
      };
    }),
  };
}

/** `model Net { ... }`, with or without a clause for the file `net.safetensors`. */
export function stackText({ layers }: DenseStack, bound: boolean): string {
  const lines = layers.map(({ units, activation }, at) => `d${at}: Dense(${units}, activation=${activation})`);
  const clause = bound ? 'weights "net.safetensors"' : "";
  return `model Net {\n  ${[clause, `input [${layers[0]?.inputs}]`, ...lines].join("\n  ")}\n}\n`;
}

export function stackFile({ layers }: DenseStack): Uint8Array {
  return writeSafetensors(
    layers.flatMap(({ inputs, units, kernel, bias }, at) => [
      { name: `d${at}.kernel`, shape: [inputs, units], data: kernel },
      { name: `d${at}.bias`, shape: [units], data: bias },
    ]),
  );
}

/** The outputs for some samples in float64; `store` says what becomes of a kernel's numbers. */
export function stackOutputs(
  { layers }: DenseStack,
  inputs: ArrayLike<number>,
  store: (weight: number) => number,
): Float64Array {
  let values = Float64Array.from(inputs);
  for (const layer of layers) {
    const samples = values.length / layer.inputs;
    const next = new Float64Array(samples * layer.units);
    for (let sample = 0; sample < samples; sample++) {
      const row = values.subarray(sample * layer.inputs, (sample + 1) * layer.inputs);
      next.set(layerOutput(layer, row, store), sample * layer.units);
    }
    values = next;
  }
  return values;
}

function layerOutput(layer: StackLayer, row: Float64Array, store: (weight: number) => number): Float64Array {
  const { units, activation, kernel, bias } = layer;
  const sums = Float64Array.from(bias, (value, unit) =>
    row.reduce((sum, x, k) => sum + x * store(kernel[k * units + unit] as number), value),
  );
  switch (activation) {
    case "linear":
      return sums;
    case "relu":
      return sums.map((x) => Math.max(x, 0));
    case "tanh":
      return sums.map(Math.tanh);
    case "softmax": {
      const powers = sums.map((x) => Math.exp(x - Math.max(...sums)));
      const total = powers.reduce((sum, power) => sum + power, 0);
      return powers.map((power) => power / total);
    }
  }
}

/** The nearest bfloat16 number, found by comparing distances; of two that are as near, the one with an even fraction. */
export function nearestBfloat16(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const magnitude = Math.abs(value);
  // 7 bits behind the first one; numbers below 2^-126 have fewer.
  const step = 2 ** (Math.max(Math.floor(Math.log2(magnitude)), -126) - 7);
  const below = Math.floor(magnitude / step);
  const rest = magnitude / step - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 === 1);
  const rounded = (up ? below + 1 : below) * step;
  return Math.sign(value) * (rounded >= 2 ** 128 ? Infinity : rounded);
}

/** Numbers from -1 to 1 by Lehmer's method. */
export function uniform(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return Math.fround((2 * state) / 2147483647 - 1);
  };
}
