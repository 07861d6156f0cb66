import type { Model } from "../check/model.ts";
import { textWidth, visibleText } from "../diagnostics/visible-text.ts";
import { formatCount } from "../diagnostics/format-count.ts";
import { columnWidths } from "./column-widths.ts";
import { countOptimizer } from "./count-optimizer.ts";
import { countParameters } from "./count-parameters.ts";
import { formatMemorySize } from "./memory-size.ts";
import { formatKerasShape, summaryRows, type SummaryRow } from "./summary-rows.ts";
import { wrapCell } from "./wrap-cell.ts";

export interface SummaryOptions {
  /** Columns of the terminal; Keras' table is at most 88 wide. Default 80. */
  readonly width?: number;
  /** Shows the layers of nested models under them. Default false. */
  readonly expandNested?: boolean;
}

const bytesPerParameter = 4;

/**
 * The table Keras 3 prints for `model.summary()`, to the character: layers, output shapes with the batch axis as
 * `None`, parameters, totals, with those of the optimizer where the model has a `compile` clause. A run-time axis shows its dim's name. Ends with a line end.
 */
export function formatSummary(model: Model, options: SummaryOptions = {}): string {
  const widths = columnWidths(options.width ?? 80);
  const rule = (left: string, line: string, middle: string, right: string): string =>
    `${left}${widths.map((width) => line.repeat(width)).join(middle)}${right}`;
  const rows = summaryRows(model, options.expandNested ?? false).map((row) => renderCells(cellsOf(row), widths, "│"));
  const counts = countParameters(model);
  const optimizer = countOptimizer(model);

  return [
    `Model: "${visibleText(model.name)}"`,
    rule("┏", "━", "┳", "┓"),
    renderCells(["Layer (type)", "Output Shape", "Param #"], widths, "┃"),
    rule("┡", "━", "╇", "┩"),
    ...(rows.length === 0 ? [] : [rows.join(`\n${rule("├", "─", "┼", "┤")}\n`)]),
    rule("└", "─", "┴", "┘"),
    ` Total params: ${describe(counts.total + (optimizer ?? 0))}`,
    ` Trainable params: ${describe(counts.trainable)}`,
    ` Non-trainable params: ${describe(counts.nonTrainable)}`,
    ...(optimizer === undefined ? [] : [` Optimizer params: ${describe(optimizer)}`]),
    "",
  ].join("\n");
}

function cellsOf(row: SummaryRow): readonly string[] {
  const nesting = row.path.length - 1;
  const prefix = nesting === 0 ? "" : `${"   ".repeat(nesting)}└ `;
  const name = visibleText(row.path.at(-1) as string);
  return [`${prefix}${name} (${row.type})`, formatKerasShape(row.outputShape), formatCount(row.parameters)];
}

/** One table row, as many lines high as its longest cell. The last column is aligned to the right. */
function renderCells(cells: readonly string[], widths: readonly number[], border: string): string {
  const columns = cells.map((cell, index) => wrapCell(cell, (widths[index] as number) - 2));
  const height = Math.max(...columns.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const parts = columns.map((lines, index) => {
      const text = lines[line] ?? "";
      const space = " ".repeat(Math.max(0, (widths[index] as number) - 2 - textWidth(text)));
      return index === columns.length - 1 ? ` ${space}${text} ` : ` ${text}${space} `;
    });
    return `${border}${parts.join(border)}${border}`;
  }).join("\n");
}

function describe(parameters: number): string {
  return `${formatCount(parameters)} (${formatMemorySize(parameters * bytesPerParameter)})`;
}
