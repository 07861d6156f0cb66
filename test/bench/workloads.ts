import { denseStack, type Network } from "./network.ts";

/** A network with the number of samples of one call. */
export interface NamedWorkload {
  readonly name: string;
  readonly title: string;
  readonly network: Network;
  readonly batch: number;
  /** Where layerc puts the weights: into the module, or into a file beside it when they are many. */
  readonly weights: "inline" | "file";
}

const m = denseStack([784, 128, 10], "relu", "softmax");
const l = denseStack([784, 512, 512, 10], "relu", "softmax");

/** The workloads that the project's speed is judged by. */
export const workloads: readonly NamedWorkload[] = [
  workload("T", "4-16-3 relu, softmax", denseStack([4, 16, 3], "relu", "softmax")),
  workload("S", "16-64-64-8 tanh", denseStack([16, 64, 64, 8], "tanh")),
  workload("M", "784-128-10 relu, softmax", m),
  workload("L", "784-512-512-10 relu, softmax", l),
  {
    ...workload("G", "100-25600 linear, no bias", denseStack([100, 25_600], "linear", "linear", false)),
    weights: "file",
  },
  {
    ...workload("XL", "1024-4096-4096-1024 relu, linear", denseStack([1024, 4096, 4096, 1024], "relu", "linear")),
    weights: "file",
  },
  workload("M64", "M, batch 64", m, 64),
  workload("L256", "L, batch 256", l, 256),
];

function workload(name: string, title: string, network: Network, batch = 1): NamedWorkload {
  return { name, title, network, batch, weights: "inline" };
}
