import path from "node:path";
import { randomFloats } from "../network.ts";
import { readFloats, writeFloats, type Workload } from "../workload-files.ts";

/**
 * How many lists of labels there are. Steps take them in turn, and inputs too, of which there are one more: the same samples come
 * with other labels each time, so that no network learns them by heart and computes with ever smaller numbers.
 */
export const labelLists = 31;

/** Writes random labels beside a workload. */
export function writeLabels({ folder, batch, outputs }: Workload): void {
  const count = labelLists * batch;
  const labels = randomFloats(`labels of ${outputs}`, count, 1).map((value) =>
    Math.min(outputs - 1, Math.floor(((value + 1) / 2) * outputs)),
  );
  writeFloats(path.join(folder, "labels.bin"), [labels]);
}

/** Which labels step `at` of a workload takes: one index of a class for each of its samples. */
export function labelsOf({ folder, batch }: Workload): (at: number) => Float32Array {
  const labels = readFloats(path.join(folder, "labels.bin"));
  const lists = Array.from({ length: labelLists }, (_, list) => labels.slice(list * batch, (list + 1) * batch));
  return (at) => lists[at % labelLists] as Float32Array;
}

/** Labels as rows with a 1 each. */
export function oneHot(labels: Float32Array, classes: number): Float32Array {
  const rows = new Float32Array(labels.length * classes);
  labels.forEach((label, at) => (rows[at * classes + label] = 1));
  return rows;
}
