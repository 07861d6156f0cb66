import type { Diagnostic, RelatedPlace } from "../diagnostics/diagnostic.ts";
import type { Shape } from "../ir/shape.ts";
import type { Value } from "../layers/arguments/value.ts";
import { lossProblems } from "./fit-loss.ts";
import { metricProblems } from "./fit-metric.ts";
import { weightProblems } from "./fit-weights.ts";
import type { ModelLayer } from "./model.ts";
import { optimizerProblems } from "./optimizer-problems.ts";
import { outputActivation } from "./output-activation.ts";
import type { ReadCompile } from "./read-compile.ts";

/** What is known of the outputs of a model. */
interface Built {
  readonly layers: readonly ModelLayer[];
  /** Whether these are all of its layers. */
  readonly complete: boolean;
  /** Unknown behind an error. */
  readonly shape: Shape | undefined;
  /** Where the shape comes from. */
  readonly origin: RelatedPlace;
}

/** Reports what does not go together in a clause whose arguments are right, and what does not fit the outputs of its model. */
export function checkCompile(
  { compile, written }: ReadCompile,
  { layers, complete, shape, origin }: Built,
  report: (diagnostic: Diagnostic) => void,
): void {
  const { optimizer, loss, metrics } = compile;
  const problems = [...optimizerProblems(optimizer, written.get("optimizer")?.value)];
  const lossValue = written.get("loss")?.value;
  if (shape !== undefined && lossValue !== undefined) {
    const outputs = { shape, origin, activation: complete ? outputActivation(layers) : undefined };
    problems.push(...lossProblems(loss, lossValue, outputs));
    const list = written.get("metrics")?.value;
    const items: readonly Value[] = list?.kind === "list" ? list.items : [];
    for (const [at, metric] of metrics.entries()) {
      problems.push(...metricProblems(metric, loss, items[at] ?? lossValue, outputs));
    }
  }
  problems.push(...weightProblems(layers, { span: compile.span, message: "the model is trained here" }));
  for (const problem of problems) report(problem);
}
