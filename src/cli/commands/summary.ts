import type { Model } from "../../check/model.ts";
import { countParameters } from "../../summary/count-parameters.ts";
import { formatSummary } from "../../summary/format-summary.ts";
import { summaryRows } from "../../summary/summary-rows.ts";
import { formatSize, isStatic } from "../../ir/size.ts";
import type { Shape } from "../../ir/shape.ts";
import { checkFiles } from "./check.ts";
import type { Environment } from "../../node/environment.ts";
import type { SummaryInvocation } from "../arguments/invocation.ts";
import { stopped, type Outcome } from "../report/outcome.ts";

/** `layerc summary`: the table Keras prints, for every model of the files that has no error. */
export async function summary(invocation: SummaryInvocation, environment: Environment): Promise<Outcome> {
  const checked = await checkFiles(invocation, environment);
  if (!checked.ok) return stopped(checked.outcome.problems, { models: [] });
  const { results, outcome } = checked;
  const expandNested = invocation.expandNested ?? false;
  const width = invocation.width ?? terminalWidth(environment);
  const models = results.flatMap((result) => result.models);
  return {
    ...outcome,
    text: models.map((model) => formatSummary(model, { width, expandNested })).join("\n"),
    json: { models: models.map((model) => modelJson(model, expandNested)) },
  };
}

/** As Keras finds it: `COLUMNS`, else the terminal, else 80. */
function terminalWidth({ variables, stdout }: Environment): number {
  const fromVariable = Number(variables["COLUMNS"]);
  if (Number.isSafeInteger(fromVariable) && fromVariable > 0) return fromVariable;
  return stdout.columns ?? 80;
}

function modelJson(model: Model, expandNested: boolean): Readonly<Record<string, unknown>> {
  const counts = countParameters(model);
  return {
    file: model.file,
    name: model.name,
    inputShape: shapeJson(model.inputShape),
    outputShape: shapeJson(model.outputShape),
    layers: summaryRows(model, expandNested).map((row) => ({
      name: row.path.join("/"),
      type: row.type,
      outputShape: shapeJson(row.outputShape),
      parameters: row.parameters,
    })),
    parameters: counts,
  };
}

/** Without the batch axis; a run-time axis is a string: `["time", 128]`. */
function shapeJson(shape: Shape): readonly (number | string)[] {
  return shape.map((size) => (isStatic(size) ? size.factor : formatSize(size)));
}
