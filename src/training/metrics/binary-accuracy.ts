import { number } from "../../layers/arguments/numbers.ts";
import type { MetricDefinition } from "./definition.ts";

export const binaryAccuracy: MetricDefinition = {
  kind: "metric",
  identifier: "binary_accuracy",
  className: "BinaryAccuracy",
  doc: "The share of outputs on the right side of a threshold.",
  targets: "same",
  parameters: [{ name: "threshold", type: number, default: 0.5, doc: "The output above which a 1 is meant." }],
};
