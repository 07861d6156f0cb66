import { uniformNumbers } from "../../model/uniform-numbers.ts";
import type { Course } from "../../workers/training.ts";
import type { DataSet } from "./data-sets/data-set.ts";
import { normalNumber } from "./normal-number.ts";
import type { Task } from "./task.ts";

/** A point of a data set: of classes its place in the plane and its class, of curves both coordinates. */
export interface Sample {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

const trained = 300;
const tested = 100;

/** The points of a data set; the last hundred are held back from training. The same for the same seed. */
export function makeSamples(
  dataSet: DataSet,
  task: Task,
  { noise, seed }: { readonly noise: number; readonly seed: number },
): readonly Sample[] {
  const random = uniformNumbers(seed);
  return Array.from({ length: trained + tested }, (_, at) => {
    if (dataSet.kind === "curve") {
      const x = 2 * random() - 1;
      const y = dataSet.value(x) + 0.4 * noise * normalNumber(random);
      return { x, y, label: 0 };
    }
    const classes =
      task.kind === "classes" ? Math.min(task.classes, dataSet.most) : 2;
    const label = at % classes;
    const [x, y] = dataSet.point(label, classes, random);
    const moved = (value: number): number =>
      value + noise * dataSet.spread * normalNumber(random);
    return { x: moved(x), y: moved(y), label };
  });
}

/** Whether a sample of a data set is trained on, by its place. */
export function isTrained(at: number): boolean {
  return at < trained;
}

/** The samples as a trainer takes them. */
export function courseOf(
  samples: readonly Sample[],
  task: Task,
): Pick<Course, "inputs" | "targets" | "trained" | "tested"> {
  const numbers = (values: (sample: Sample) => readonly number[]) =>
    Float64Array.from(samples.flatMap(values));
  return {
    trained,
    tested,
    inputs: numbers(({ x, y }) => (task.kind === "curve" ? [x] : [x, y])),
    targets: numbers(({ y, label }) =>
      task.kind === "curve" ? [y] : targetsOf(label, task),
    ),
  };
}

/** The class as the loss takes it: its index, 0 or 1, or a 1 at its place. */
function targetsOf(
  label: number,
  { outputs, training }: Extract<Task, { kind: "classes" }>,
): readonly number[] {
  if (training.targets === "labels" || outputs === 1) return [label];
  return Array.from({ length: outputs }, (_, at) => (at === label ? 1 : 0));
}
