import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { ConfigValue, KerasObject } from "../layers/definition.ts";
import type { OptimizerDefinition } from "../training/optimizers/definition.ts";
import { givenArgument } from "./given-argument.ts";
import type { Chosen } from "./model.ts";
import { clippedTwice } from "./rules/optimizers.ts";
import { scheduleProblems } from "./schedule-problems.ts";

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
  return [
    ...clipped,
    ...(isObject(rate) ? scheduleProblems(rate, given("learning_rate")?.value ?? value, related) : []),
  ];
}

function isObject(value: ConfigValue | undefined): value is KerasObject {
  return typeof value === "object" && value !== null && "identifier" in value;
}
