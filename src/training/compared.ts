import type { Tensor } from "../ir/graph.ts";
import { add, constant, local, mul, type Scalar } from "../ir/scalar.ts";
import type { StepBuilder } from "../ir/step-graph.ts";

/** What losses and metrics compare: both of the output's shape; labels come as rows with a 1 at their class. */
export interface Compared {
  readonly graph: StepBuilder;
  readonly target: Tensor;
  readonly prediction: Tensor;
}

/** An element of the targets, and the one of the predictions at its place. */
export const t = local("t");
export const p = local("p");

/** Keras' `epsilon()`. */
export const epsilon = constant(1e-7);

/** Keras' axis, which counts that of the batch, as one of a shape. */
export function shapeAxis(axis: number, { prediction }: Compared): number {
  return axis < 0 ? axis + prediction.shape.length : axis - 1;
}

/** The mean of a function of targets and predictions along an axis; a model with a single output has no axis. */
export function meanAlong(compared: Compared, term: Scalar, axis = shapeAxis(-1, compared)): Tensor {
  const { graph, target, prediction } = compared;
  if (prediction.shape.length === 0) return graph.map({ t: target, p: prediction }, term);
  return graph.reduce({ t: target, p: prediction }, term, { combine: "mean", axes: [axis] });
}

/** The sum of such a function along an axis. */
export function sumAlong(compared: Compared, term: Scalar, axis = shapeAxis(-1, compared)): Tensor {
  const { graph, target, prediction } = compared;
  if (prediction.shape.length === 0) return graph.map({ t: target, p: prediction }, term);
  return graph.reduce({ t: target, p: prediction }, term, { combine: "sum", axes: [axis] });
}

/** Targets drawn to `even`, what all of them would be. */
export function smoothed(smoothing: number, even: number): Scalar {
  return smoothing === 0 ? t : add(mul(t, constant(1 - smoothing)), constant(smoothing * even));
}
