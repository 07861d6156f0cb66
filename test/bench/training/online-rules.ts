import type { OnlineRule } from "./reference.ts";

/** So small that networks on random labels stay as they are, in effect, and compute with numbers of the same size all the time. */
export const onlineRate = 0.001;

/** Of Adam, whose steps are as large as this whatever the gradient is. */
export const adamRate = 1e-6;

const brain = {
  // Squared error behind a relu.
  output: (sum: number) => Math.max(sum, 0),
  delta: (output: number, target: number) => (output > 0 ? output - target : 0),
  changesFirst: false,
} as const;

/** What the libraries compute that train on one sample after the other; neither has softmax. */
export const onlineRules: Readonly<Record<string, OnlineRule>> = {
  "brain.js": { ...brain, rate: onlineRate },
  "brain.js-adam": { ...brain, rate: adamRate, isAdam: true },
  // Crossentropy behind a sigmoid.
  synaptic: {
    rate: onlineRate,
    output: (sum) => 1 / (1 + Math.exp(-sum)),
    delta: (output, target) => output - target,
    changesFirst: true,
  },
};
