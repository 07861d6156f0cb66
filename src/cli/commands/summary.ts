import type { Model } from "../../check/model.ts";
import type { Shape } from "../../ir/shape.ts";
import { formatSize, isStatic } from "../../ir/size.ts";
import type { Environment } from "../../node/environment.ts";
import { countParameters } from "../../summary/count-parameters.ts";
import { formatSummary } from "../../summary/format-summary.ts";
import { summaryRows } from "../../summary/summary-rows.ts";
import { defineCommand } from "../arguments/command.ts";
import type { Parser } from "../arguments/option.ts";
import { checkFiles } from "../build/check-files.ts";
import { stopped } from "../report/outcome.ts";

const columns: Parser<number> = {
  read(text) {
    const width = Number(text);
    return Number.isSafeInteger(width) && width >= 1 ? width : undefined;
  },
  expected: "a whole number of columns",
};

/** `layerc summary`: the table Keras prints, for every model of the files that has no error. */
export const summary = defineCommand({
  name: "summary",
  description: "print the layers of every model as Keras' model.summary() does",
  argument: { kind: "files" },
  options: {
    expandNested: { flag: "--expand-nested", description: "show the layers of nested models" },
    width: { flag: "--width <columns>", description: "width of the terminal to print for", parser: columns },
  },
  answers: true,
  readsConfig: true,
  async run(invocation, environment) {
    const found = await checkFiles(invocation, environment);
    if (!found.ok) return stopped(found.outcome.problems, { models: [] });
    const { checked, outcome } = found;
    const { expandNested = false, width = terminalWidth(environment) } = invocation;
    const models = checked.flatMap(({ result }) => result.models);
    return {
      ...outcome,
      text: models.map((model) => formatSummary(model, { width, expandNested })).join("\n"),
      json: { models: models.map((model) => modelJson(model, expandNested)) },
    };
  },
});

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
