import type { ClassesTask } from "./task.ts";

/** The class that some outputs stand for, and how sure of it they are, from 0 to 1. */
export interface ReadClass {
  readonly label: number;
  readonly certainty: number;
}

/** Reads the outputs for one point, which begin at a place of an array. */
export function readClass(
  values: Float64Array,
  from: number,
  { outputs, training }: ClassesTask,
): ReadClass {
  if (outputs === 1) {
    const one = probability(values[from]!, training.outputs);
    return { label: one > 0.5 ? 1 : 0, certainty: Math.abs(2 * one - 1) };
  }
  let label = 0;
  for (let at = 1; at < outputs; at++)
    if (values[from + at]! > values[from + label]!) label = at;
  const most = values[from + label]!;
  const isShare = training.outputs === "logits";
  const part = isShare ? softmax(values, from, outputs, most) : held(most);
  const even = 1 / outputs;
  return { label, certainty: held((part - even) / (1 - even)) };
}

function probability(
  value: number,
  kind: ClassesTask["training"]["outputs"],
): number {
  switch (kind) {
    case "logits":
      return 1 / (1 + Math.exp(-value));
    case "margins":
      return held((value + 1) / 2);
    case "numbers":
    case "probabilities":
      return held(value);
  }
}

/** The part of the largest output in the softmax of all. */
function softmax(
  values: Float64Array,
  from: number,
  count: number,
  most: number,
): number {
  let sum = 0;
  for (let at = 0; at < count; at++) sum += Math.exp(values[from + at]! - most);
  return 1 / sum;
}

function held(value: number): number {
  return Math.min(1, Math.max(0, value));
}
