import { counted } from "../diagnostics/counted.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { isStatic } from "../ir/size.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { LossDefinition } from "../training/losses/definition.ts";
import type { MetricDefinition } from "../training/metrics/definition.ts";
import type { Outputs } from "./fit-outputs.ts";
import { givenArgument } from "./given-argument.ts";
import type { Chosen } from "./model.ts";
import { classCount, classesUnknown } from "./rules/places.ts";

/** Says that a loss or a metric needs a number of outputs that is unknown, or that an argument does not go with it. */
export function placeProblem(
  { definition, config }: Chosen<LossDefinition | MetricDefinition>,
  value: Value,
  { shape, origin }: Outputs,
): Diagnostic | undefined {
  const { identifier, parameters } = definition;
  const misfit = (name: string, problem: string): Diagnostic => {
    const given = value.literal ? givenArgument(name, parameters, value) : undefined;
    const source = value.from === undefined ? [] : [value.from];
    return classCount(given?.span ?? value.span, {
      subject: `'${name}' of ${identifier}`,
      problem,
      related: [origin, ...source],
    });
  };
  const { num_labels: labels, multi_label: perLabel, class_id: only, label_weights: weights, alpha } = config;
  if (typeof labels === "number" && perLabel === false) return misfit("num_labels", "only goes with multi_label=true");
  const axis = typeof config["axis"] === "number" ? config["axis"] : -1;
  const size = shape.length === 0 ? undefined : shape.at(axis < 0 ? axis : axis - 1);
  if (size !== undefined && !isStatic(size)) {
    if (definition.countsPlaces?.(config) !== true) return undefined;
    const related = value.from === undefined ? [origin] : [value.from, origin];
    return classesUnknown(value.span, { word: identifier, output: shape, related });
  }
  const count = size?.factor ?? 1;
  const there = `there ${count === 1 ? "is" : "are"} ${counted(count, "output")}`;
  if (typeof only === "number" && only >= count) {
    return misfit("class_id", `is ${only}, but ${there}, counted from 0`);
  }
  if (typeof labels === "number" && labels !== count) return misfit("num_labels", `is ${labels}, but ${there}`);
  for (const [name, list] of [
    ["label_weights", weights],
    ["alpha", alpha],
  ] as const) {
    if (Array.isArray(list) && list.length !== count) {
      return misfit(name, `has ${counted(list.length, "number")}, but ${there}`);
    }
  }
  return undefined;
}
