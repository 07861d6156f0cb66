import { writeFileSync } from "node:fs";
import path from "node:path";
import { networkSource } from "../network.ts";
import type { Task } from "../task.ts";
import { writeWorkload } from "../workload-files.ts";
import { writeLabels } from "./labels.ts";
import { onlineRules } from "./online-rules.ts";
import { adamLosses, onlineOutputs } from "./reference.ts";

/** Batches that steps take in turn. */
const batches = 32;

const compile = "compile(optimizer=adam(), loss=sparse_categorical_crossentropy)";

/** One optimizer step a call: all begin with the same weights, and are to have the same losses over the first steps. */
export const trainingTask: Task = {
  write(folder, { network, batch }) {
    const workload = writeWorkload(folder, network, batch, { calls: batches, timed: batches });
    writeFileSync(path.join(folder, "net.layers"), networkSource(network, undefined, compile));
    writeLabels(workload);
    const losses = new Map<string, Float64Array>();
    return (name) => {
      const rule = onlineRules[name];
      if (rule !== undefined) return onlineOutputs(workload, rule);
      const epsilonIs = name.startsWith("layerc") ? "Keras'" : "others'";
      const found = losses.get(epsilonIs) ?? adamLosses(workload, epsilonIs);
      losses.set(epsilonIs, found);
      return found;
    };
  },
  errorLimit: () => 2e-5,
};
