import type { Diagnostic, RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { MetricDefinition } from "../training/metrics/definition.ts";
import { isTrained } from "./is-trained.ts";
import type { Chosen, ModelLayer } from "./model.ts";
import { duplicateMetric, nothingTrained } from "./rules/trained.ts";

/** Says that a step would change nothing. */
export function unchangedProblem(layers: readonly ModelLayer[], clause: Span): readonly Diagnostic[] {
  // Of a model without layers that is said.
  if (layers.length === 0 || layers.some((layer) => hasTrained(layer, []))) return [];
  const frozen = layers.find(hasTrainable);
  const place: RelatedPlace | undefined = frozen && { span: frozen.span, message: "its weights are frozen" };
  return [nothingTrained(clause, { frozen: place })];
}

/** Whether training changes a weight of a layer within those nested models. */
function hasTrained(layer: ModelLayer, around: readonly ModelLayer[]): boolean {
  const all = [layer, ...around];
  if (layer.kind === "nested") return layer.model.layers.some((inner) => hasTrained(inner, all));
  return layer.weights.some((weight) => isTrained(weight, all));
}

/** Whether there are weights that training could change, if they were not frozen. */
function hasTrainable(layer: ModelLayer): boolean {
  if (layer.kind === "nested") return layer.model.layers.some(hasTrainable);
  return layer.weights.some(({ trainable }) => trainable);
}

/** Metrics that are named before, with the same arguments; `list` is what the clause has for all of them. */
export function repeatedMetrics(
  metrics: readonly Chosen<MetricDefinition>[],
  list: Value | undefined,
): readonly Diagnostic[] {
  if (list?.kind !== "list") return [];
  const { items, literal, span } = list;
  const same = metrics.map(({ definition, config }) => `${definition.identifier} ${JSON.stringify(config)}`);
  return metrics.flatMap(({ definition }, at) => {
    const first = same.indexOf(same[at] as string);
    const item = items[at];
    const [one, before] = [items[first], items[at - 1]];
    if (first === at || item === undefined || one === undefined || before === undefined) return [];
    const edits = [{ span: { ...item.span, start: before.span.end }, text: "" }];
    const fix = literal ? { title: `Delete this ${definition.identifier}`, edits } : undefined;
    return [duplicateMetric(literal ? item.span : span, { metric: definition.identifier, first: one.span, fix })];
  });
}
