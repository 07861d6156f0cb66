import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { KerasObject } from "../layers/definition.ts";
import { schedules } from "../training/schedules/index.ts";
import { givenArgument } from "./given-argument.ts";
import { scheduleLengths, scheduleOrder, unusedWarmup } from "./rules/schedules.ts";

/** What speaks against a schedule whose arguments are right, each by itself. `value` is what the clause has for it. */
export function scheduleProblems(
  { identifier, config }: KerasObject,
  value: Value,
  related: Diagnostic["related"],
): readonly Diagnostic[] {
  const parameters = schedules.find((schedule) => schedule.identifier === identifier)?.parameters ?? [];
  // What stands behind a name may stand in another file.
  const given = (name: string) => (value.literal ? givenArgument(name, parameters, value) : undefined);
  const { boundaries, values, warmup_target: target, warmup_steps: steps } = config;
  if (Array.isArray(boundaries) && Array.isArray(values)) {
    if (values.length !== boundaries.length + 1) {
      const span = given("values")?.value.span ?? value.span;
      return [scheduleLengths(span, { boundaries: boundaries.length, values: values.length, related })];
    }
    // Steps are integers, and boundaries count as such.
    const at = boundaries.findIndex((one, index) => index > 0 && Math.trunc(one) <= Math.trunc(boundaries[index - 1]));
    if (at === -1) return [];
    const list = given("boundaries")?.value;
    const item = list?.kind === "list" && list.literal ? list.items[at] : list;
    return [scheduleOrder((item ?? value).span, { boundary: boundaries[at], before: boundaries[at - 1], related })];
  }
  if (typeof steps !== "number" || (target === null) === (steps === 0)) return [];
  const name = target === null ? "warmup_steps" : "warmup_target";
  return [unusedWarmup(given(name)?.span ?? value.span, { name, related })];
}
