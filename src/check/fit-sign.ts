import type { Activation } from "../activations/definition.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { LossDefinition } from "../training/losses/definition.ts";
import type { MetricDefinition } from "../training/metrics/definition.ts";
import type { OutputActivation } from "./output-activation.ts";
import { oneSidedOutputs, outputsBelowZero } from "./rules/output-signs.ts";

/** Activations that give no number below 0, whatever their arguments. */
const nonNegative: ReadonlySet<string> = new Set([
  "softmax",
  "sparsemax",
  "sigmoid",
  "hard_sigmoid",
  "sparse_sigmoid",
  "exponential",
  "softplus",
  "sparse_plus",
  "squareplus",
  "relu6",
]);

function isNonNegative({ definition: { name }, args }: Activation): boolean {
  // With a maximum, relu cuts off at 0 as well.
  if (name === "relu") {
    return args["negative_slope"] === 0 && (Number(args["threshold"]) >= 0 || args["max_value"] !== null);
  }
  if (name === "threshold") return Number(args["threshold"]) >= 0 && Number(args["default_value"]) >= 0;
  return nonNegative.has(name);
}

/** What speaks against a loss or a metric by the sign of the outputs, for those of that activation. */
export function signProblems(
  { outputs, identifier }: LossDefinition | MetricDefinition,
  value: Value,
  { activation, span }: OutputActivation,
): readonly Diagnostic[] {
  if (outputs !== "counts" && outputs !== "margins") return [];
  const report = outputs === "counts" ? outputsBelowZero : oneSidedOutputs;
  if (isNonNegative(activation) !== (outputs === "margins")) return [];
  const related = [{ span, message: "the outputs come from here" }, ...(value.from === undefined ? [] : [value.from])];
  return [report(value.span, { word: identifier, activation: activation.definition.name, related })];
}
