import type { Model } from "../../check/model.ts";
import type { Environment } from "../../node/environment.ts";
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

const formats = ["text", "markdown", "json", "svg", "mermaid"] as const;

/** `layerc summary`: the table Keras prints, for every model of the files that has no error, or a table or drawing elsewhere. */
export const summary = defineCommand({
  name: "summary",
  description: "print the layers of every model as Keras' model.summary() does, or draw them",
  argument: { kind: "files" },
  options: {
    format: {
      flag: "--format <format>",
      description:
        "Keras' table (the default), one for Markdown, what --report json gives, a drawing as SVG, or a flowchart for Mermaid",
      values: formats,
    },
    expandNested: { flag: "--expand-nested", description: "show the layers of nested models, as drawings always do" },
    width: {
      flag: "--width <columns>",
      description: "width of the terminal to print Keras' table for",
      parser: columns,
    },
  },
  answers: true,
  readsConfig: true,
  async run(invocation, environment) {
    const found = await checkFiles(invocation, environment);
    if (!found.ok) return stopped(found.outcome.problems, { models: [] });
    const { checked, outcome } = found;
    const { format = "text", expandNested = false, width = terminalWidth(environment) } = invocation;
    const models = checked.flatMap(({ result }) => result.models);
    const { summaryJson } = await import("../../summary/summary-json.ts");
    const text = models.length === 0 ? "" : await textOf(models, format, { expandNested, width });
    return {
      ...outcome,
      text,
      json: {
        models: models.map((model) => summaryJson(model, expandNested)),
        ...(format === "text" || format === "json" ? {} : { text }),
      },
    };
  },
});

async function textOf(
  models: readonly Model[],
  format: (typeof formats)[number],
  { expandNested, width }: { readonly expandNested: boolean; readonly width: number },
): Promise<string> {
  switch (format) {
    case "text": {
      const { formatSummary } = await import("../../summary/format-summary.ts");
      return models.map((model) => formatSummary(model, { width, expandNested })).join("\n");
    }
    case "markdown": {
      const { summaryMarkdown } = await import("../../summary/summary-markdown.ts");
      return summaryMarkdown(models, { expandNested });
    }
    case "svg": {
      const { modelSvg } = await import("../../diagram/model-svg.ts");
      return modelSvg(models);
    }
    case "mermaid": {
      const { modelMermaid } = await import("../../diagram/model-mermaid.ts");
      return modelMermaid(models);
    }
    case "json":
      return "";
  }
}

/** As Keras finds it: `COLUMNS`, else the terminal, else 80. */
function terminalWidth({ variables, stdout }: Environment): number {
  const fromVariable = Number(variables["COLUMNS"]);
  if (Number.isSafeInteger(fromVariable) && fromVariable > 0) return fromVariable;
  return stdout.columns ?? 80;
}
