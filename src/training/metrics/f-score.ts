import type { Tensor } from "../../ir/graph.ts";
import { abs, add, constant, div, local, mul, select, sub, type Scalar } from "../../ir/scalar.ts";
import { one as single } from "../../ir/size.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";
import { epsilon, p, t } from "../compared.ts";
import type { MetricContext, Sums } from "./definition.ts";

interface FScoreConfig {
  readonly average: "micro" | "macro" | "weighted" | null;
  readonly threshold: number | null;
}

const zero = constant(0);
const one = constant(1);

/** Keras' counts of each class, or of all where they are averaged as `micro`. */
export function fScoreSums(context: MetricContext, { average, threshold }: FScoreConfig): Sums {
  const { graph, weight } = context;
  const listed = (tensor: Tensor): Tensor => (tensor.shape.length === 0 ? graph.reshape(tensor, [single]) : tensor);
  const [target, prediction] = [listed(context.target), listed(context.prediction)];
  const last = prediction.shape.length - 1;
  // No class is found where all outputs are 0.
  const isThere = select(abs(p), "gt", constant(1e-9), one, zero);
  const isLargest = select(p, "ge", local("top"), isThere, zero);
  const isFound = threshold === null ? isLargest : select(p, "gt", constant(threshold), one, zero);
  const top =
    threshold === null ? { top: graph.reduce({ p: prediction }, p, { combine: "max", axes: [last], keep: true }) } : {};
  const operands = { t: target, p: prediction, weight, ...top };
  const axes = prediction.shape.map((_, axis) => axis).slice(0, average === "micro" ? undefined : -1);
  const sum = (term: Scalar): Tensor =>
    graph.reduce(operands, mul(term, local("weight")), { combine: "sum", axes, samples: true });
  return {
    true_positives: sum(mul(isFound, t)),
    false_positives: sum(mul(isFound, sub(one, t))),
    false_negatives: sum(mul(sub(one, isFound), t)),
    intermediate_weights: sum(t),
  };
}

/** `(1 + beta²) * precision * recall / (beta² * precision + recall)`, of each class, and what `average` makes of them. */
export function fScore(graph: StepBuilder, sums: Sums, { average }: FScoreConfig, beta: number): Tensor {
  const found = local("true_positives");
  const share = (rest: string): Scalar => div(found, add(add(found, local(rest)), epsilon));
  const [precision, recall] = [share("false_positives"), share("false_negatives")];
  const square = beta * beta;
  const divisor = add(add(mul(constant(square), precision), recall), epsilon);
  const score = mul(div(mul(precision, recall), divisor), constant(1 + square));
  if (average === "micro") return graph.map(sums, score);
  if (average !== "weighted") return graph.reduce(sums, score, { combine: "mean", axes: [0] });
  const own = local("intermediate_weights");
  const all = graph.reduce(sums, own, { combine: "sum", axes: [0] });
  const weighted = mul(score, div(own, add(local("all"), epsilon)));
  return graph.reduce({ ...sums, all }, weighted, { combine: "sum", axes: [0] });
}
