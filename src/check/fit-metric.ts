import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { isStatic } from "../ir/size.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { LossDefinition } from "../training/losses/definition.ts";
import type { MetricDefinition } from "../training/metrics/definition.ts";
import { metrics } from "../training/metrics/index.ts";
import { classProblem, isOne, isProbability, probabilityProblems, rename, type Outputs } from "./fit-outputs.ts";
import { placeProblem } from "./fit-places.ts";
import { signProblems } from "./fit-sign.ts";
import type { Chosen } from "./model.ts";
import { probabilitiesExpected } from "./rules/losses.ts";
import { accuracyOfNumbers, metricTargets, topKOfAll } from "./rules/metrics.ts";

/** What speaks against a metric beside a loss, for the outputs of a model. `value` is what the clause has for it. */
export function metricProblems(
  metric: Chosen<MetricDefinition>,
  { definition: loss }: Chosen<LossDefinition>,
  value: Value,
  outputs: Outputs,
): readonly Diagnostic[] {
  const { definition, config } = metric;
  const { identifier, targets } = definition;
  const related = value.from === undefined ? [] : [value.from];
  const isSingle = isOne(outputs.shape, outputs.shape.length - 1);
  if (targets !== "either" && targets !== loss.targets) {
    const fix = counterpart(identifier, value, isSingle);
    return [metricTargets(value.span, { metric: identifier, loss: loss.identifier, takes: targets, related, fix })];
  }
  const problem = classProblem(metric, value, outputs) ?? placeProblem(metric, value, outputs);
  if (problem !== undefined) return [problem];
  const last = outputs.shape.at(-1);
  const k = config["k"];
  if (typeof k === "number" && last !== undefined && isStatic(last) && k >= last.factor) {
    return [topKOfAll(value.span, { metric: identifier, k, classes: last.factor, related: [outputs.origin] })];
  }
  const { activation } = outputs;
  if (activation === undefined) return [];
  const isLogits = !isProbability(activation.activation);
  const isOfNumbers = isLogits && (loss.outputs === undefined || loss.outputs === "counts");
  if (isOfNumbers && /^(?:binary_|categorical_)?accuracy$/.test(identifier)) {
    const places = [{ span: activation.span, message: "the outputs come from here" }];
    return [accuracyOfNumbers(value.span, { metric: identifier, loss: loss.identifier, related: places })];
  }
  const isHalf = identifier === "binary_accuracy" ? config["threshold"] === 0.5 : identifier === "accuracy" && isSingle;
  if (isLogits && isHalf && (loss.outputs === "probabilities" || loss.outputs === "margins")) {
    const places = [{ span: activation.span, message: "the outputs come from here" }];
    const help =
      loss.outputs === "margins"
        ? "the two sides meet at 0: write binary_accuracy(threshold=0), and targets of 0 and 1"
        : "a probability of 0.5 is the logit 0: write binary_accuracy(threshold=0)";
    const { name } = activation.activation.definition;
    const details = { word: identifier, activation: name, related: places, help, fix: atZero(value) };
    return [probabilitiesExpected(value.span, details)];
  }
  if (identifier === "binary_accuracy") return [];
  return [...probabilityProblems(metric, value, activation), ...signProblems(definition, value, activation)];
}

/** The metric that measures the same of the other kind of targets. */
function counterpart(identifier: string, value: Value, isSingle: boolean): Fix | undefined {
  const isPlain = value.kind !== "call" || value.args.length === 0 || identifier.includes("top_k");
  const dense = identifier.replace(/^sparse_/, "");
  const other = dense === identifier ? `sparse_${identifier}` : dense;
  const word = isSingle && other === "categorical_accuracy" ? "binary_accuracy" : other;
  return isPlain && metrics.some((metric) => metric.identifier === word) ? rename(value, word) : undefined;
}

/** The accuracy of logits. */
function atZero(value: Value): Fix | undefined {
  if (!value.literal || (value.kind !== "word" && value.kind !== "call")) return undefined;
  const text = "binary_accuracy(threshold=0)";
  return { title: `Write ${text}`, edits: [{ span: value.span, text }] };
}
