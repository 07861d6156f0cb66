import { script, type ContenderEntry } from "../contenders.ts";
import { layercModule, moduleFolder, type ModuleOptions } from "../layerc-module.ts";
import { torchCommand } from "./torch-command.ts";

/** A trainer that layerc compiles. */
function layerc(name: string, target: "typescript" | "wasm"): ContenderEntry {
  return {
    name,
    title: name.replace("-", " "),
    kind: "layerc",
    async start(folder) {
      await layercModule(folder, trainerOptions(target));
      return script("layerc-training", `${moduleFolder(trainerOptions(target))}/net.js`, target);
    },
  };
}

/** How layerc compiles a model with its trainer. */
export function trainerOptions(target: "typescript" | "wasm"): ModuleOptions {
  return { target, weights: "argument", training: true };
}

const oneByOne: ContenderEntry["skips"] = ({ name }) =>
  name === "T" ? undefined : "it trains on one sample at a time, which is for small networks";

/** What trains; a table shows them in this order. */
export const trainingContenders: readonly ContenderEntry[] = [
  layerc("layerc-ts", "typescript"),
  layerc("layerc-wasm", "wasm"),
  { name: "tfjs-wasm", title: "tfjs wasm", kind: "peer", start: async () => script("tfjs-training", "wasm") },
  {
    name: "tfjs-cpu",
    title: "tfjs cpu",
    kind: "peer",
    skips: ({ name }) => (name === "L" ? "it takes most of a second for a step" : undefined),
    start: async () => script("tfjs-training", "cpu"),
  },
  {
    name: "brain.js",
    title: "brain.js, sample by sample",
    kind: "peer",
    skips: oneByOne,
    start: async () => script("brain-training", "descent"),
  },
  {
    name: "brain.js-adam",
    title: "brain.js, Adam, sample by sample",
    kind: "peer",
    skips: oneByOne,
    start: async () => script("brain-training", "adam"),
  },
  {
    name: "synaptic",
    title: "synaptic, sample by sample",
    kind: "peer",
    skips: oneByOne,
    start: async () => script("synaptic-training"),
  },
  {
    name: "pytorch",
    title: "PyTorch, eager",
    kind: "peer",
    start: async () => ({ kind: "program", command: torchCommand() }),
  },
];
