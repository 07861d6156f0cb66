import type { Tensor } from "../../ir/graph.ts";
import { local, mul, type Scalar } from "../../ir/scalar.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";
import type { ConfigOf } from "../../layers/definition.ts";
import { quotient } from "../quotient.ts";
import type { reduction } from "./parameters.ts";

type Reduction = ConfigOf<readonly [typeof reduction]>["reduction"];

/** What a loss gives for a batch: its values, one number a sample by which those of the sample count, and which count at all. */
interface LossValues {
  readonly values: Tensor;
  readonly weight?: Tensor;
  readonly counts?: Tensor | undefined;
}

/**
 * The one number that a batch's values become, of shape `[]`, as Keras reduces them: their sum, the sum over the number of those
 * that count, or over the sum of their weights. Where none counts it is 0.
 */
export function reducedLoss(graph: StepBuilder, { values, weight, counts }: LossValues, reduction: Reduction): Tensor {
  const axes = values.shape.map((_, axis) => axis);
  const operands = {
    value: values,
    ...(weight === undefined ? {} : { weight }),
    ...(counts === undefined ? {} : { counts }),
  };
  const byWeight = weight === undefined ? [] : [local("weight")];
  const byCount = counts === undefined ? [] : [local("counts")];
  const over = (combine: "sum" | "mean", factors: readonly Scalar[]): Tensor =>
    graph.reduce(operands, factors.reduce(mul), { combine, axes, samples: true });
  const weighted = [local("value"), ...byWeight, ...byCount];
  if (reduction === "sum") return over("sum", weighted);
  const divisors = reduction === "mean_with_sample_weight" ? [...byWeight, ...byCount] : byCount;
  if (divisors.length === 0) return over("mean", weighted);
  return graph.map(
    { sum: over("sum", weighted), divisor: over("sum", divisors) },
    quotient(local("sum"), local("divisor")),
  );
}
