import type { Contender } from "../serve/contender.ts";
import { brainNetwork } from "../serve/brain-network.ts";
import { onlineRate } from "../training/online-rules.ts";
import { patternsOf } from "../training/patterns.ts";

/** `trainPattern` for each sample of a batch. */
export default (): Contender => ({
  async prepare(workload) {
    const network = brainNetwork(workload, { trainOpts: { learningRate: onlineRate, momentum: 0 } });
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
