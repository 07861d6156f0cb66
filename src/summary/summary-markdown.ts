import type { Model } from "../check/model.ts";
import { counted } from "../diagnostics/counted.ts";
import { formatCount } from "../diagnostics/format-count.ts";
import { visibleText } from "../diagnostics/visible-text.ts";
import { formatShape } from "../ir/shape.ts";
import { countOptimizer } from "./count-optimizer.ts";
import { countParameters } from "./count-parameters.ts";
import { formatMemorySize } from "./memory-size.ts";
import { summaryRows } from "./summary-rows.ts";

const bytesPerParameter = 4;

export interface MarkdownOptions {
  /** Shows the layers of nested models under them. Default false. */
  readonly expandNested?: boolean;
}

/** A heading and a table for every model, in GitHub's Markdown. Layers have their paths as names: `encoder/dense`. */
export function summaryMarkdown(
  models: Model | readonly Model[],
  { expandNested = false }: MarkdownOptions = {},
): string {
  const list: readonly Model[] = "kind" in models ? [models] : models;
  return list.map((model) => modelMarkdown(model, expandNested)).join("\n");
}

function modelMarkdown(model: Model, expandNested: boolean): string {
  const { total, trainable } = countParameters(model);
  const optimizer = countOptimizer(model);
  const trained = optimizer === undefined ? "" : `; the optimizer keeps ${counted(optimizer, "number")}`;
  const untrained = trainable === total ? "" : `, ${formatCount(trainable)} of them trainable`;
  const rows = summaryRows(model, expandNested).map(({ path, type, outputShape, parameters }) => [
    code(path.join("/")),
    type,
    code(formatShape(outputShape)),
    formatCount(parameters),
  ]);
  return [
    `## ${code(model.name)}`,
    "",
    `${code(formatShape(model.inputShape))} to ${code(formatShape(model.outputShape))}, ` +
      `${counted(total, "parameter")} (${formatMemorySize(total * bytesPerParameter)})${untrained}${trained}.`,
    "",
    ...[["Layer", "Type", "Output shape", "Parameters"], ["---", "---", "---", "---:"], ...rows].map(row),
    "",
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** A text as code, where Markdown leaves alone all characters but backticks and, in a table, bars: those need HTML. */
function code(text: string): string {
  const visible = visibleText(text);
  if (!/[`|\\]|^\s|\s$|^$/.test(visible)) return `\`${visible}\``;
  const escaped = visible.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, (character) => `&#${character.codePointAt(0)};`);
  return `<code>${escaped}</code>`;
}
