import { inputsOf, type Workload } from "../workload-files.ts";
import { labelLists, labelsOf, oneHot } from "./labels.ts";

/** A sample and its target. */
export interface Pattern {
  readonly input: Float32Array;
  readonly output: Float32Array;
}

/** Gives each step the patterns of its batch, for libraries that train on one sample after the other. */
export function patternsOf(workload: Workload): (at: number) => readonly Pattern[] {
  const { batch, calls, inputs, outputs } = workload;
  const labels = labelsOf(workload);
  const rows = (values: Float32Array, size: number): readonly Float32Array[] =>
    Array.from({ length: batch }, (_, n) => values.slice(n * size, (n + 1) * size));
  const targets = Array.from({ length: labelLists }, (_, list) => rows(oneHot(labels(list), outputs), outputs));
  const patterns = Array.from({ length: calls }, (_, at) => {
    const samples = rows(inputsOf(workload, at), inputs);
    return targets.map((own) => own.map((output, n): Pattern => ({ input: samples[n]!, output })));
  });
  let steps = 0;
  return (at) => patterns[at]![steps++ % labelLists]!;
}
