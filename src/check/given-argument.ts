import type { Span } from "../diagnostics/diagnostic.ts";
import { bindArguments } from "../layers/arguments/bind.ts";
import type { CallArgument, Value } from "../layers/arguments/value.ts";
import type { ParameterSpec } from "../layers/definition.ts";

/** The argument of a name that a value such as `adam(1e-3)` gives, by its place or by its name. */
export function givenArgument(
  name: string,
  parameters: readonly ParameterSpec[],
  value: Value,
): CallArgument | undefined {
  if (value.kind !== "call") return undefined;
  const specs = parameters.map((parameter) => ({ name: parameter.name, required: false }));
  const site = { callee: value.callee, span: value.span, related: [], report: () => undefined };
  return bindArguments(specs, value.args, site).byName.get(name);
}

/** What goes when one of several arguments is deleted: it, with one of the commas beside it. */
export function deletion(args: readonly CallArgument[], at: number): Span {
  const { span } = args[at] as CallArgument;
  const before = args[at - 1];
  if (before !== undefined) return { ...span, start: before.span.end };
  return { ...span, end: args[at + 1]?.span.start ?? span.end };
}
