import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { ConfigValue, KerasObject, LayerConfig } from "../layers/definition.ts";
import type { OptimizerDefinition } from "../training/optimizers/definition.ts";
import { schedules } from "../training/schedules/index.ts";
import { givenArgument } from "./given-argument.ts";
import type { Chosen } from "./model.ts";
import { clippedTwice, scheduleLengths } from "./rules/optimizers.ts";

/** What speaks against an optimizer whose arguments are right, each by itself. `value` is what the clause has for it. */
export function optimizerProblems(
  { definition, config }: Chosen<OptimizerDefinition>,
  value: Value | undefined,
): readonly Diagnostic[] {
  if (value === undefined) return [];
  const related = value.from === undefined ? [] : [value.from];
  // What stands behind a name may stand in another file.
  const given = (name: string) => (value.literal ? givenArgument(name, definition.parameters, value) : undefined);
  const spanOf = (name: string) => given(name)?.span ?? value.span;
  const [first, second] = ["clipnorm", "clipvalue", "global_clipnorm"].filter(
    (name) => (config[name] ?? null) !== null,
  );
  const clipped =
    first === undefined || second === undefined
      ? []
      : [clippedTwice(spanOf(second), { names: [first, second], first: spanOf(first), related })];
  const rate = config["learning_rate"];
  return [...clipped, ...(isObject(rate) ? lengthProblems(rate, given("learning_rate")?.value ?? value, related) : [])];
}

function isObject(value: ConfigValue | undefined): value is KerasObject {
  return typeof value === "object" && value !== null && "identifier" in value;
}

/** Of `piecewise_constant_decay`, whose two lists go together. */
function lengthProblems(
  { identifier, config }: { readonly identifier: string; readonly config: LayerConfig },
  value: Value,
  related: Diagnostic["related"],
): readonly Diagnostic[] {
  const { boundaries, values } = config;
  if (!Array.isArray(boundaries) || !Array.isArray(values) || values.length === boundaries.length + 1) return [];
  const parameters = schedules.find((schedule) => schedule.identifier === identifier)?.parameters ?? [];
  const own = value.literal ? givenArgument("values", parameters, value) : undefined;
  const span = own?.value.span ?? value.span;
  return [scheduleLengths(span, { boundaries: boundaries.length, values: values.length, related })];
}
