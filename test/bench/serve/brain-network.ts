import brain from "brain.js";
import type { Workload } from "../workload-files.ts";

/** Of brain.js; its types do not say what it has. */
export interface BrainNetwork {
  readonly outputs: readonly ArrayLike<number>[];
  toFunction(): (input: ArrayLike<number>) => number[];
  initialize(): void;
  trainPattern(pattern: { readonly input: ArrayLike<number>; readonly output: ArrayLike<number> }): void;
}

/** The workload's weights in a network of brain.js, which has one activation for all layers: the hidden layers'. */
export function brainNetwork({ layers, inputs }: Workload, trainOpts: object = {}): BrainNetwork {
  const activation = layers[0]?.activation ?? "";
  if (activation !== "relu" && activation !== "tanh") throw new Error(`brain.js has no ${activation}`);
  const network = new brain.NeuralNetwork({ activation }) as unknown as BrainNetwork;
  const sizes = [inputs, ...layers.map(({ units }) => units)];
  Object.assign(network, { sizes, outputLayer: layers.length, trainOpts });
  network.initialize();
  Object.assign(network, {
    // `[unit][input]`; the input layer has neither.
    weights: [undefined, ...layers.map((layer) => columns(layer))],
    biases: [undefined, ...layers.map(({ bias, units }) => [...(bias ?? new Float32Array(units))])],
  });
  return network;
}

function columns({ inputs, units, kernel }: Workload["layers"][number]): number[][] {
  return Array.from({ length: units }, (_, unit) =>
    Array.from({ length: inputs }, (_, k) => kernel[k * units + unit] as number),
  );
}
