import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { Outputs } from "./fit-outputs.ts";
import { lossProblems } from "./fit-loss.ts";
import { metricProblems } from "./fit-metric.ts";
import { weightProblems } from "./fit-weights.ts";
import type { ModelLayer } from "./model.ts";
import { optimizerProblems } from "./optimizer-problems.ts";
import { repeatedMetrics, unchangedProblem } from "./trained-problems.ts";
import type { ReadCompile } from "./read-compile.ts";

/**
 * Reports what does not go together in a clause whose arguments are right, and what does not fit its model; `outputs` are
 * undefined behind an error.
 */
export function checkCompile(
  { compile, written }: ReadCompile,
  { layers, complete }: { readonly layers: readonly ModelLayer[]; readonly complete: boolean },
  outputs: Outputs | undefined,
  report: (diagnostic: Diagnostic) => void,
): void {
  const { optimizer, loss, metrics } = compile;
  const problems = [...optimizerProblems(optimizer, written.get("optimizer")?.value)];
  const lossValue = written.get("loss")?.value;
  if (outputs !== undefined && lossValue !== undefined) {
    problems.push(...lossProblems(loss, lossValue, outputs));
    const list = written.get("metrics")?.value;
    const items: readonly Value[] = list?.kind === "list" ? list.items : [];
    for (const [at, metric] of metrics.entries()) {
      problems.push(...metricProblems(metric, loss, items[at] ?? lossValue, outputs));
    }
    problems.push(...repeatedMetrics(metrics, list));
  }
  if (complete) problems.push(...unchangedProblem(layers, compile.span));
  problems.push(...weightProblems(layers, { span: compile.span, message: "the model is trained here" }));
  for (const problem of problems) report(problem);
}
