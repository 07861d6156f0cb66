import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Checked } from "../../diagnostics/diagnostic.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { classFinder, type ClassFinder } from "../data/class-finder.ts";
import { mayBeOneClass, type TargetPlan } from "../data/target-plan.ts";
import { createBatch, type Batch, type Samples } from "../rows/samples.ts";

export const classWeightsWrong = defineDiagnostic<{ problem: string; word?: string; known?: readonly string[] }>(
  "class-weights",
  "error",
  "Class weights do not fit the classes of the model.",
  ({ problem, word, known = [] }) => ({ message: problem, ...(word === undefined ? {} : didYouMean(word, known)) }),
  () => ({
    meaning:
      "Class weights are balanced, or a weight for each of some classes, by its number or label as in the data, such as 0:1,1:5; where labels are numbers themselves, a number is that label. Classes that are not named have 1. There must be one class a sample.",
    example: {
      kind: "command",
      text: "layerc train iris.layers --data iris.csv --class-weights setsa:2",
      arguments: {
        problem: "--class-weights names 'setsa', which is no class of Iris",
        word: "setsa",
        known: ["setosa"],
      },
      mended: "layerc train iris.layers --data iris.csv --class-weights setosa:2",
    },
  }),
);

/** Weights as the command line has them: those of classes by number or label. */
export type GivenClassWeights = "balanced" | ReadonlyMap<string, number>;

/**
 * A weight for each class; undefined with a diagnostic where they don't fit. `balanced` gives each class the same weight in
 * total, as scikit-learn's does: samples / (classes * samples of the class), what the loss ignores left out.
 */
export function classWeights(
  given: GivenClassWeights,
  samples: Samples,
  plan: TargetPlan,
): Checked<Float64Array | undefined> {
  const wrong = (args: Parameters<typeof classWeightsWrong>[1]): Checked<undefined> => ({
    value: undefined,
    diagnostics: [classWeightsWrong(undefined, args)],
  });
  const classes = classCount(plan);
  if (classes === undefined) {
    return wrong({
      problem: `--class-weights goes with one class a sample, and ${plan.model} is trained with ${plan.count} numbers`,
    });
  }
  if (given === "balanced") return { value: balanced(samples, plan, classes), diagnostics: [] };
  const weights = new Float64Array(classes).fill(1);
  // The same words name classes as in the data.
  const find = classFinderOf(plan, classes);
  const names = new Map<number, string>();
  for (const [name, weight] of given) {
    const number = find(name);
    if (Number.isNaN(number)) {
      return wrong({
        problem: `--class-weights names '${name}', which is no class of ${plan.model}`,
        word: name,
        known: plan.labels,
      });
    }
    const before = names.get(number);
    if (before !== undefined) {
      return wrong({ problem: `--class-weights names one class of ${plan.model} twice, as '${before}' and '${name}'` });
    }
    names.set(number, name);
    weights[number] = weight;
  }
  return { value: weights, diagnostics: [] };
}

/** By the words of the data, and of one probability by its label, too. */
function classFinderOf({ kind, labels }: TargetPlan, classes: number): ClassFinder {
  if (kind !== "shares") return classFinder(labels, classes);
  const find = classFinder([], classes);
  return (name) => (name === labels[0] ? 1 : find(name));
}

/** The word for a class in messages. */
export function classWord(at: number, { kind, labels }: TargetPlan): string {
  // The label of one probability is that of class 1: it is how likely that is.
  const label = kind === "shares" ? labels[at - 1] : labels[at];
  return label === undefined ? `class ${at}` : `'${label}'`;
}

/** Multiplies the weights of the first samples of a batch with those of their classes. */
export function weighByClass(batch: Batch, count: number, plan: TargetPlan, weights: Float64Array): void {
  for (let at = 0; at < count; at++) {
    // A class that is ignored has no weight of its own.
    batch.weights[at] = (batch.weights[at] as number) * (weights[classOf(batch, at, plan)] ?? 1);
  }
}

/** The classes that samples are of; undefined where they are of none, or of one at each of several positions. */
export function classCount(plan: TargetPlan): number | undefined {
  const { kind, count, classes } = plan;
  if ((kind === "classes" && count === 1) || mayBeOneClass(plan)) return classes;
  return kind === "shares" && count === 1 ? 2 : undefined;
}

/** The class of the `at`th sample of a batch. */
function classOf({ targets }: Batch, at: number, { kind, count }: TargetPlan): number {
  if (kind !== "one-hot") return Math.round(targets[at] as number);
  let best = 0;
  for (let index = 1; index < count; index++) {
    if ((targets[at * count + index] as number) > (targets[at * count + best] as number)) best = index;
  }
  return best;
}

function balanced(samples: Samples, plan: TargetPlan, classes: number): Float64Array {
  const counts = countClasses(samples, plan, classes);
  const counted = counts.reduce((sum, count) => sum + count, 0);
  const isOneIgnored = plan.ignored !== undefined && plan.ignored in counts;
  // One that does not occur weighs nothing, whatever its weight.
  return counts.map((count) => (count === 0 ? 1 : counted / ((isOneIgnored ? classes - 1 : classes) * count)));
}

/** How many samples there are of each class; none of one that the loss ignores. */
export function countClasses(samples: Samples, plan: TargetPlan, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  const batch = createBatch(samples, 1);
  for (let sample = 0; sample < samples.count; sample++) {
    samples.read(sample, batch, 0);
    const found = classOf(batch, 0, plan);
    if (found in counts && found !== plan.ignored) counts[found] = (counts[found] as number) + 1;
  }
  return counts;
}
