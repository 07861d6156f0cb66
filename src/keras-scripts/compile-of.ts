import type { Span } from "../diagnostics/diagnostic.ts";
import type { Expression } from "../python/ast.ts";
import { argumentOf, nameArguments } from "./arguments.ts";
import { convert } from "./convert.ts";
import type { CallArguments, EvaluatedArgument, Run } from "./run.ts";
import type { GivenArgument, PythonValue, ScriptCompile } from "./values.ts";
import type { Converted } from "./written.ts";

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

/** Those of Keras 2, in which the metrics stand before the weights of the losses. */
const formerNames = ["optimizer", "loss", "metrics", "loss_weights", "weighted_metrics", "run_eagerly"];

/** A call of `compile`. Metrics that have no value are left out of their list, and the reason of each is kept. */
export function compileOf(args: CallArguments, span: Span, run: Run): ScriptCompile {
  const third = args.positional[2]?.value;
  // No script says its version, but weights are numbers, and metrics are not.
  const order = third === undefined || isWeights(third) ? names : formerNames;
  const metrics = argumentOf(args, order.indexOf("metrics"), "metrics");
  const given = nameArguments(args, order, "compile", run).map((argument) =>
    argument.name === "metrics" && metrics !== undefined ? knownMetrics(argument, metrics, run) : argument,
  );
  const optimizer = argumentOf(args, 0, "optimizer")?.value;
  const made = { span, statement: run.statement, arguments: given };
  if (optimizer?.kind !== "object") return made;
  optimizer.isCompiled = true;
  return { ...made, optimizer };
}

/** Whether a third argument can be the weights of losses: numbers, or nothing. */
function isWeights(value: PythonValue, depth = 0): boolean {
  if (value.kind === "number" || value.kind === "none") return true;
  const items = itemsOf(value);
  return (
    items !== undefined && depth < deepest && (items.length === 0 || items.some((item) => isWeights(item, depth + 1)))
  );
}

/** Metrics stand in a list, and for each output in a dictionary or a list of such. */
const deepest = 2;

function itemsOf(value: PythonValue): readonly PythonValue[] | undefined {
  if (value.kind === "dict") return [...value.entries.values()];
  return value.kind === "list" || value.kind === "tuple" ? value.items : undefined;
}

function knownMetrics(metrics: GivenArgument, { node, value }: EvaluatedArgument, run: Run): GivenArgument {
  const items = metricsIn(node, value).map((one) => withPlace(convert(one.node, one.value, run), one.node));
  const known = items.flatMap(({ json, written }) => (json === undefined ? [] : [{ json, written }]));
  const lost = items.flatMap(({ json, why }) => (json === undefined && why !== undefined ? [why] : []));
  const written = { items: known.map((item) => item.written) };
  const why = lost[0] ?? metrics.converted.why;
  const json = known.map((item) => item.json);
  return { ...metrics, converted: { json, written, ...(why === undefined ? {} : { why }) }, lost };
}

/** A name stands where it is written, and an object where it is made. */
function withPlace(converted: Converted, { span }: Expression): Converted {
  return { ...converted, written: { span, ...converted.written } };
}

/** The metrics of a list or a dictionary, each where it is written if it stands in the call. */
function metricsIn(
  node: Expression,
  value: PythonValue,
  depth = 0,
): readonly Pick<EvaluatedArgument, "node" | "value">[] {
  const isChanged = (value.kind === "list" || value.kind === "tuple") && value.why !== undefined;
  const items = isChanged || depth >= deepest ? undefined : itemsOf(value);
  if (items === undefined) return [{ node, value }];
  const nodes = nodesIn(node);
  return items.flatMap((item, at) =>
    metricsIn((nodes.length === items.length ? nodes[at] : undefined) ?? node, item, depth + 1),
  );
}

function nodesIn(node: Expression): readonly Expression[] {
  if (node.kind === "dict") return node.entries.map(([, value]) => value);
  return node.kind === "list" || node.kind === "tuple" ? node.items : [];
}
