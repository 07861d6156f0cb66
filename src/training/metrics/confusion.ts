import type { Tensor } from "../../ir/graph.ts";
import { constant, local, mul, select, sub, type Scalar } from "../../ir/scalar.ts";
import { one as single } from "../../ir/size.ts";
import { p, t } from "../compared.ts";
import { held } from "../held.ts";
import { amongLargest } from "./classes.ts";
import type { MetricContext, Sums } from "./definition.ts";

/** Keras' names of the counts: what is found or not, and right or not. */
export type Count = "true_positives" | "false_positives" | "true_negatives" | "false_negatives";

/** What is counted, beside the thresholds. */
interface Counting {
  readonly thresholds: readonly number[];
  readonly top_k?: number | null;
  readonly class_id?: number | null;
  /** Whether each place of the last axis is counted by itself: the counts then have an axis of these before the thresholds. */
  readonly perLabel?: boolean;
  /** By what each place of the last axis counts. */
  readonly labelWeights?: readonly number[] | null;
}

const zero = constant(0);
const one = constant(1);

/** The thresholds that an argument gives. */
export function thresholdsOf(given: number | readonly number[] | null, preset = 0.5): readonly number[] {
  if (given === null) return [preset];
  return typeof given === "number" ? [given] : given;
}

/** How much of the samples' weight is found or not and right or not, for each threshold. A target other than 0 is right. */
export function confusionSums<Name extends Count>(
  context: MetricContext,
  names: readonly Name[],
  counting: Counting,
): Readonly<Record<Name, Tensor>> {
  const { graph, weight } = context;
  const { thresholds, top_k: k = null, class_id: only = null, perLabel = false, labelWeights = null } = counting;
  // A model with a single output has no axis; it gets one.
  const listed = ({ shape, ...rest }: Tensor): Tensor =>
    shape.length === 0 ? graph.reshape({ shape, ...rest }, [single]) : { shape, ...rest };
  const part = (tensor: Tensor): Tensor => {
    const own = listed(tensor);
    const chosen = only === null ? own : graph.slice(own, own.shape.length - 1, only, only + 1);
    return graph.reshape(chosen, [...chosen.shape, single]);
  };
  const { places, isAbove } = comparison(thresholds);
  const operands: Record<string, Tensor> = {
    t: part(context.target),
    p: part(context.prediction),
    weight,
    place: graph.numbers([places.length], places),
  };
  let isFound = isAbove;
  if (k !== null) {
    operands["among"] = part(amongLargest(graph, listed(context.prediction), k));
    isFound = mul(local("among"), isAbove);
  }
  let share: Scalar = local("weight");
  if (labelWeights !== null) {
    operands["labelWeight"] = graph.numbers([labelWeights.length, 1], labelWeights);
    share = mul(share, local("labelWeight"));
  }
  const isRight = select(t, "gt", zero, one, select(t, "lt", zero, one, zero));
  const terms: Readonly<Record<Count, Scalar>> = {
    true_positives: mul(isRight, isFound),
    false_positives: mul(sub(one, isRight), isFound),
    true_negatives: mul(sub(one, isRight), sub(one, isFound)),
    false_negatives: mul(isRight, sub(one, isFound)),
  };
  const rank = (operands["p"] as Tensor).shape.length - 1;
  const axes = Array.from({ length: perLabel ? rank - 1 : rank }, (_, axis) => axis);
  const sum = (name: Count): Tensor =>
    graph.reduce(operands, mul(terms[name], share), { combine: "sum", axes, samples: true });
  return Object.fromEntries(names.map((name) => [name, sum(name)])) as Sums as Readonly<Record<Name, Tensor>>;
}

/**
 * What is found, 1 or 0. Evenly spaced thresholds are compared by their place, `p * (count - 1) > place`, as in Keras, whose
 * first place finds all where the first threshold lies below 0.
 */
function comparison(thresholds: readonly number[]): { readonly places: readonly number[]; readonly isAbove: Scalar } {
  const place = local("place");
  if (!isEven(thresholds)) return { places: thresholds, isAbove: select(p, "gt", place, one, zero) };
  const steps = thresholds.length - 1;
  const places = thresholds.map((threshold, at) => (threshold < 0 ? -1 : at));
  return { places, isAbove: select(mul(held(p, 0, 1), constant(steps)), "gt", place, one, zero) };
}

/** Whether Keras takes thresholds for evenly spaced ones from 0 to 1. */
function isEven(thresholds: readonly number[]): boolean {
  if (thresholds.length < 3) return false;
  return thresholds.every((threshold, at) => {
    const even = at / (thresholds.length - 1);
    return Math.abs(threshold - even) <= 1e-7 + 1e-5 * even;
  });
}

/** So many thresholds from 0 to 1, or 0.5 alone. */
function evenThresholds(count: number): readonly number[] {
  if (count === 1) return [0.5];
  return Array.from({ length: count }, (_, at) => at / (count - 1));
}

/** The counts of a metric that looks at evenly spaced thresholds. */
export function sumsOverThresholds<Name extends Count>(names: readonly Name[]) {
  return (
    context: MetricContext,
    { num_thresholds: count, class_id: only }: { readonly num_thresholds: number; readonly class_id: number | null },
  ) => confusionSums(context, names, { thresholds: evenThresholds(count), class_id: only });
}
