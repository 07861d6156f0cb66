import type { OnlineRule } from "./reference.ts";

/** So small that networks on random labels stay as they are, in effect, and compute with numbers of the same size all the time. */
export const onlineRate = 0.001;

/** What the libraries compute that train on one sample after the other; neither has softmax. */
export const onlineRules: Readonly<Record<string, OnlineRule>> = {
  // Squared error behind a relu.
  "brain.js": {
    rate: onlineRate,
    output: (sum) => Math.max(sum, 0),
    delta: (output, target) => (output > 0 ? output - target : 0),
    changesFirst: false,
  },
  // Crossentropy behind a sigmoid.
  synaptic: {
    rate: onlineRate,
    output: (sum) => 1 / (1 + Math.exp(-sum)),
    delta: (output, target) => output - target,
    changesFirst: true,
  },
};
