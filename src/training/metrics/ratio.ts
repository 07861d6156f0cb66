import type { Tensor } from "../../ir/graph.ts";
import { add, constant, local, select, type Scalar } from "../../ir/scalar.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";
import { quotient } from "../quotient.ts";
import type { Sums } from "./definition.ts";

/** `part / (part + rest)`, both names of counts; 0 where there is nothing. */
function ratio(part: string, rest: string): Scalar {
  return quotient(local(part), add(local(part), local(rest)));
}

export const precisionRatio = ratio("true_positives", "false_positives");
export const recallRatio = ratio("true_positives", "false_negatives");
export const specificityRatio = ratio("true_negatives", "false_positives");

/** The mean of a function of counts over the thresholds: one number is reported, as Keras prints one. */
export function meanOver(graph: StepBuilder, sums: Sums, value: Scalar): Tensor {
  return graph.reduce(sums, value, { combine: "mean", axes: [0] });
}

/** The largest value of one function of counts among the thresholds at which another one is at least `least`, or 0. */
export function bestWhere(graph: StepBuilder, sums: Sums, given: Scalar, least: number, value: Scalar): Tensor {
  const feasible = select(given, "ge", constant(least), value, constant(0));
  return graph.reduce(sums, feasible, { combine: "max", axes: [0] });
}
