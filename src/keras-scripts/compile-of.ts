import type { Span } from "../diagnostics/diagnostic.ts";
import { argumentOf, nameArguments } from "./arguments.ts";
import { convert } from "./convert.ts";
import type { CallArguments, Run } from "./run.ts";
import type { GivenArgument, ScriptCompile } from "./values.ts";

/** The parameters of Keras' `Model.compile`. */
const names = [
  "optimizer",
  "loss",
  "loss_weights",
  "metrics",
  "weighted_metrics",
  "run_eagerly",
  "steps_per_execution",
  "jit_compile",
  "auto_scale_loss",
];

/** A call of `compile`. Metrics that have no value are left out of their list, and the reason of the first is kept. */
export function compileOf(args: CallArguments, span: Span, run: Run): ScriptCompile {
  const given = nameArguments(args, names, "compile", run);
  const metrics = given.find(({ name }) => name === "metrics");
  const known = metrics?.converted.why === undefined ? undefined : knownMetrics(metrics, args, run);
  const named = given.map((argument) => (argument === metrics && known !== undefined ? known : argument));
  return { span, statement: run.statement, arguments: named };
}

function knownMetrics(metrics: GivenArgument, args: CallArguments, run: Run): GivenArgument | undefined {
  const argument = argumentOf(args, 3, "metrics");
  if (argument === undefined) return undefined;
  const { node, value } = argument;
  if ((value.kind !== "list" && value.kind !== "tuple") || value.why !== undefined) return undefined;
  const nodes = node.kind === "list" || node.kind === "tuple" ? node.items : [];
  const items = value.items.map((item, at) => convert(nodes[at] ?? node, item, run));
  const known = items.flatMap(({ json, written }) => (json === undefined ? [] : [{ json, written }]));
  const written = { items: known.map((item) => item.written) };
  const why = items.find(({ json }) => json === undefined)?.why ?? metrics.converted.why;
  const json = known.map((item) => item.json);
  return { ...metrics, converted: { json, written, ...(why === undefined ? {} : { why }) } };
}
