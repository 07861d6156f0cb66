import type { Contender } from "../serve/contender.ts";
import { brainNetwork } from "../serve/brain-network.ts";
import { adamRate, onlineRate } from "../training/online-rules.ts";
import { patternsOf } from "../training/patterns.ts";

/** `trainPattern` for each sample of a batch, with gradient descent, or Adam as brain.js has it. */
export default ([rule]: readonly string[]): Contender => ({
  async prepare(workload) {
    const descent = { learningRate: onlineRate, momentum: 0 };
    const adam = { praxis: "adam", learningRate: adamRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    const network = brainNetwork(workload, rule === "adam" ? adam : descent);
    const patternsAt = patternsOf(workload);
    return {
      call(at) {
        const patterns = patternsAt(at);
        for (let n = 0; n < patterns.length; n++) network.trainPattern(patterns[n]!);
        return network.outputs.at(-1) as ArrayLike<number>;
      },
    };
  },
});
