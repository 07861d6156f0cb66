import type { JsonObject } from "../files/json.ts";
import { optimizers } from "../training/optimizers/index.ts";
import { convert } from "./convert.ts";
import { changeValue, miss, quote, type EvaluatedArgument, type Run } from "./run.ts";
import type { ObjectValue, PythonValue } from "./values.ts";
import type { Expression } from "../python/ast.ts";

/**
 * `opt.learning_rate = 0.5` and what else gives an optimizer another argument than it was made with; whether it is that. The
 * clause has what `compile` is given, so that a later change is told.
 */
export function setOptimizer(target: PythonValue, node: Expression, given: EvaluatedArgument, run: Run): boolean {
  if (target.kind !== "method") return false;
  const { of, name } = target;
  if (of.kind !== "object") {
    if (!isOfModel(of)) return false;
    miss(
      node.span,
      `left out: ${quote(node.span, run)} is set after compile, and the clause has what compile is given`,
      run,
    );
    return true;
  }
  const { json } = of.converted;
  const definition = optimizers.find(({ className }) => className === (json as JsonObject | undefined)?.["class_name"]);
  if (definition === undefined) return false;
  const parameter = name === "lr" ? "learning_rate" : name;
  const isArgument = definition.parameters.some((one) => one.name === parameter);
  if (isArgument && of.isCompiled !== true) {
    of.converted = withArgument(of, parameter, given, run);
    changeValue(of, run);
    return true;
  }
  const why = isArgument
    ? "is set after compile, and the clause has what compile is given"
    : "is none of its arguments";
  miss(node.span, `left out: ${quote(node.span, run)} ${why}`, run);
  return true;
}

/** Whether something is the optimizer of a model, or a part of it, of which nothing else is known. */
function isOfModel(value: PythonValue): boolean {
  for (let at = value; at.kind === "method"; at = at.of) {
    if (at.name === "optimizer" && at.of.kind === "model") return true;
  }
  return false;
}

function withArgument(
  { converted }: ObjectValue,
  name: string,
  { node, value }: EvaluatedArgument,
  run: Run,
): ObjectValue["converted"] {
  const { json, written, why } = convert(node, value, run);
  if (json === undefined) return { written: {}, ...(why === undefined ? {} : { why }) };
  const whole = converted.json as JsonObject;
  return {
    json: { ...whole, config: { ...(whole["config"] as JsonObject), [name]: json } },
    written: {
      ...converted.written,
      entries: new Map([...(converted.written.entries ?? []), [name, { ...written, span: node.span }]]),
    },
  };
}
