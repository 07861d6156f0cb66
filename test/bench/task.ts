import { referenceOutputs } from "./reference.ts";
import { writeWorkload, type Workload } from "./workload-files.ts";
import type { NamedWorkload } from "./workloads.ts";

/** What contenders are to compute of a workload. */
export interface Task {
  /** Writes the files that they read, and gives what each has to find, computed in float64. */
  write(folder: string, workload: NamedWorkload): (contender: string) => Float64Array;
  /** The relative RMS error above which a contender has computed something else. */
  errorLimit(contender: string): number;
}

/** The outputs of a network for samples. */
export const forwardTask: Task = {
  write(folder, { network, batch }) {
    const files = writeWorkload(folder, network, batch);
    const expected = referenceOutputs(files);
    return (name) => (name === "brain.js" ? referenceOutputs(withoutSoftmax(files)) : expected);
  },
  // Errors above this are wrong results, not roundings; bfloat16 has 8 bits, int8 has 7.
  errorLimit: (name) => (name === "layerc-bf16" ? 2e-2 : name.endsWith("int8") ? 1e-1 : 1e-4),
};

/** A network whose last layer has the activation of the others, which is what brain.js runs. */
function withoutSoftmax(files: Workload): Workload {
  const activation = files.layers[0]?.activation ?? "linear";
  return { ...files, layers: files.layers.map((layer) => ({ ...layer, activation })) };
}
