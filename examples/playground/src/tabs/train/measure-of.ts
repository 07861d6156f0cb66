import type { Frame } from "../../workers/training.ts";
import type { Measure } from "./history.ts";
import { readClass } from "./read-class.ts";
import { isTrained, type Sample } from "./samples.ts";
import type { Task } from "./task.ts";

/** What a frame says of a model: loss and metrics of its clause; for classes also the part of the points that are taken for what they are. */
export function measureOf(
  { epoch, training, test, sampleOutputs }: Frame,
  samples: readonly Sample[],
  task: Task,
): Measure {
  if (task.kind === "curve") return { epoch, training, test };
  const right = { training: 0, test: 0 };
  const all = { training: 0, test: 0 };
  samples.forEach(({ label }, at) => {
    const of = isTrained(at) ? "training" : "test";
    const read = readClass(sampleOutputs, at * task.outputs, task);
    all[of]++;
    if (read.label === label) right[of]++;
  });
  const withAccuracy = (
    { loss, ...metrics }: Frame["training"],
    of: "training" | "test",
  ): Frame["training"] => ({
    loss: loss!,
    ...metrics,
    accuracy: right[of] / all[of],
  });
  return {
    epoch,
    training: withAccuracy(training, "training"),
    test: withAccuracy(test, "test"),
  };
}
